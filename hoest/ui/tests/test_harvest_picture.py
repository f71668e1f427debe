"""The picture of the account: honest, complete, accessible, and safe under the security policy."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given, settings

from hoest.ui.gallery_examples import account, accounts
from hoest.ui.pictures.account import HarvestAccount, Move, RungAmount
from hoest.ui.pictures.flock import bird_scale, flock
from hoest.ui.pictures.harvest import conclusion, harvest_picture, hours_picture
from hoest.ui.tests.test_flock import accounts as any_account

SVG = "{http://www.w3.org/2000/svg}"
STATES = accounts()
NAMES = [name for name, _ in STATES]


def both(account, measure="dkk"):
    picture = harvest_picture(account, measure, prefix="p")
    return [ET.fromstring(picture.wide), ET.fromstring(picture.narrow)]


def text_of(element) -> str:
    return " ".join("".join(t.itertext()) for t in element.iter(f"{SVG}text")).replace("\xa0", " ")


def uses(element, name: str) -> list:
    return [u for u in element.iter(f"{SVG}use") if u.get("href", "").endswith(name)]


@pytest.mark.parametrize("state", [s for _, s in STATES], ids=NAMES)
def test_nothing_in_a_picture_breaks_the_security_policy(state):
    picture, bars = harvest_picture(state), hours_picture(state)
    for svg in (picture.wide, picture.narrow, bars.wide, bars.narrow):
        for element in ET.fromstring(svg).iter():
            assert element.tag not in {f"{SVG}style", f"{SVG}script"}
            assert not [a for a in element.attrib if a == "style" or a.startswith("on")]


@settings(max_examples=60, deadline=None)
@given(any_account())
def test_every_bird_of_any_account_is_drawn_inside_the_picture(account):
    scale = bird_scale(account, "dkk")
    flocks = [flock(r, "dkk", scale) for r in account.ladder]
    for svg in both(account):
        _x, _y, width, height = map(float, svg.get("viewBox").split())
        sitting = uses(svg, "-bird")
        assert len(sitting) == sum(f.drawn for f in flocks)
        outlines = uses(svg, "-outline")
        assert len(outlines) == sum(f.outlined + (1 if f.part else 0) for f in flocks)
        for bird in sitting + outlines + uses(svg, "-flying"):
            left, top = map(
                float, re.match(r"translate\((\S+) (\S+)\)", bird.get("transform")).groups()
            )
            assert -16 <= left <= width + 34
            assert 0 <= top <= height


@pytest.mark.parametrize("state", [s for _, s in STATES], ids=NAMES)
def test_every_rung_leads_to_its_rows_and_says_what_it_holds(state):
    for svg in both(state, "dkk" if state.has("dkk") else "hours"):
        links = {a.get("href"): a.get("aria-label") for a in svg.iter(f"{SVG}a")}
        for rung in state.ladder:
            assert links[rung.href].startswith(rung.label)
            assert links[rung.href].endswith("Vis gevinsterne")


def test_the_wide_and_the_narrow_picture_say_the_same():
    for _name, state in STATES:
        wide, narrow = both(state, "dkk" if state.has("dkk") else "hours")
        words = [
            sorted(
                t.text.strip()
                for t in svg.iter()
                if t.tag in {f"{SVG}text", f"{SVG}tspan"} and t.text
            )
            for svg in (wide, narrow)
        ]
        assert words[0] == words[1]
        spoken = [[a.get("aria-label") for a in svg.iter(f"{SVG}a")] for svg in (wide, narrow)]
        assert spoken[0] == spoken[1] != []


def test_everything_on_the_roof_leaves_the_hand_empty():
    state = account({"promised": 252_148_000}, {"promised": 9})
    picture = harvest_picture(state)
    assert picture.conclusion.replace("\xa0", " ") == (
        "Alle 9 gevinster sidder stadig på taget: 252 mio. kr. om året. Hånden er tom."
    )
    assert [line.replace("\xa0", " ") for line in picture.legend] == [
        "En fugl er 10 mio. kr. om året.",
        "En fugl, der kun er tegnet delvist, tæller tilsvarende mindre.",
    ]
    for svg in both(state):
        assert len(uses(svg, "-bird")) == 26
        assert "Ingen endnu" in text_of(svg)
        assert {u.get("fill") for u in uses(svg, "-bird")} == {"#f6eed7"}


def test_the_part_of_the_last_bird_is_clipped_where_the_amount_ends():
    wide, _narrow = both(account({"promised": 252_148_000}, {"promised": 9}))
    clip = next(c for c in wide.iter(f"{SVG}clipPath"))
    width = float(clip[0].get("width"))
    assert width == pytest.approx(3 + 62 * 0.2148, abs=0.01)
    assert uses(wide, "-bird")[-1].get("clip-path") == f"url(#{clip.get('id')})"


def test_what_was_given_up_is_hatched_and_named():
    state = account({"lapsed": 3e6, "owned": 1e6}, {"lapsed": 2, "owned": 1})
    for svg in both(state):
        assert uses(svg, "-flying")
        assert all("hatch" in bird.get("fill") for bird in uses(svg, "-flying"))
        assert "Bortfaldet" in text_of(svg)
    assert "Skraverede fugle: bortfaldet." in harvest_picture(state).legend


def test_nothing_given_up_shows_nothing_given_up():
    for svg in both(account({"owned": 1e6}, {"owned": 1})):
        assert not uses(svg, "-flying")
        assert "Bortfaldet" not in text_of(svg)


def test_arrows_carry_how_many_moved_and_which_way():
    state = account(
        {"owned": 1e6},
        {"owned": 1},
        moves=(Move("promised", "owned", 3), Move("proven", "owned", 2)),
    )
    for svg in both(state):
        front = next(g for g in svg.iter(f"{SVG}g") if g.get("class") == "harvest-front")
        assert [t.text for t in front.iter(f"{SVG}text")] == ["3", "2"]
        dashed = [p for p in front.iter(f"{SVG}path") if p.get("stroke-dasharray") == "4 3"]
        assert len(dashed) == 1


def test_a_move_without_benefits_or_to_an_unknown_rung_is_not_drawn():
    state = account(
        {"owned": 1e6}, {"owned": 1}, moves=(Move("promised", "owned", 0), Move("x", "owned", 2))
    )
    for svg in both(state):
        front = next(g for g in svg.iter(f"{SVG}g") if g.get("class") == "harvest-front")
        assert not list(front.iter(f"{SVG}text"))


def test_words_from_outside_are_escaped():
    rung = RungAmount("owned", '<script>"&', dkk=1, count=1, href='"><script>')
    picture = harvest_picture(HarvestAccount((rung,)))
    assert "<script>" not in picture.wide + picture.narrow
    ET.fromstring(picture.wide)


def test_two_pictures_on_a_page_share_no_id():
    state = STATES[1][1]
    svgs = [
        svg
        for prefix in ("a", "b")
        for p in (harvest_picture(state, prefix=prefix), hours_picture(state, prefix=f"h{prefix}"))
        for svg in (p.wide, p.narrow)
    ]
    ids = [e.get("id") for svg in svgs for e in ET.fromstring(svg).iter() if e.get("id")]
    assert len(ids) == len(set(ids)) > 20


def test_hours_have_their_own_axis_and_no_kroner():
    state = account(
        {"promised": 9e6}, {"promised": 1, "in_hand": 1}, {"promised": 9000, "in_hand": 400}
    )
    svg = ET.fromstring(hours_picture(state).wide)
    assert "kr." not in text_of(svg)
    assert "12.000 timer" in text_of(svg)
    bars = [
        r for r in svg.iter(f"{SVG}rect") if r.get("height") == "22" and r.get("fill") != "#fffdf8"
    ]
    widths = [float(r.get("width")) for r in bars]
    assert widths[0] / widths[1] == pytest.approx(9000 / 400, rel=0.01)


@pytest.mark.parametrize(
    "amounts,counts,says",
    [
        ({}, {}, "Her er endnu ingen gevinster at høste."),
        ({"in_hand": 2e6}, {"in_hand": 1}, "Gevinsten er i hånden: 2,0 mio. kr. om året."),
        ({"in_hand": 2e6}, {"in_hand": 3}, "Alle 3 gevinster er i hånden: 2,0 mio. kr. om året."),
        (
            {"promised": 2e6},
            {"promised": 1},
            "Gevinsten sidder stadig på taget: 2,0 mio. kr. om året. Hånden er tom.",
        ),
        (
            {"promised": 4.1e6, "in_hand": 1e6, "owned": 1e6},
            {"promised": 4, "in_hand": 2, "owned": 1},
            "2 af 7 gevinster er i hånden; 4,1 mio. kr. om året sidder stadig på taget.",
        ),
        (
            {"promised": 4.1e6, "owned": 1e6},
            {"promised": 4, "owned": 1},
            "Ingen af 5 gevinster er i hånden endnu; 4,1 mio. kr. om året sidder på taget.",
        ),
        (
            {"owned": 1e6},
            {"owned": 5},
            "Ingen af 5 gevinster er i hånden endnu, men alle er på vej.",
        ),
        ({"owned": 1e6}, {"owned": 1}, "Gevinsten er på vej, men ikke i hånden endnu."),
        (
            {"owned": 1e6, "in_hand": 1e6},
            {"owned": 5, "in_hand": 1},
            "1 af 6 gevinster er i hånden, og ingen sidder på taget.",
        ),
    ],
)
def test_the_conclusion_is_written_from_the_data(amounts, counts, says):
    assert conclusion(account(amounts, counts)).replace("\xa0", " ") == says


def test_what_was_given_up_is_not_counted_in_the_conclusion():
    state = account({"in_hand": 1e6, "lapsed": 1e6}, {"in_hand": 1, "lapsed": 4})
    assert conclusion(state).startswith("Gevinsten er i hånden")


def test_the_picture_writes_an_amount_as_the_conclusion_does():
    state = account({"promised": 350_000, "in_hand": 1.2e6}, {"promised": 1, "in_hand": 1})
    wide, _narrow = both(state)
    for said in (text_of(wide), conclusion(state).replace("\xa0", " ")):
        assert "350.000 kr." in said


def test_unknown_amounts_are_nothing_and_never_a_crash():
    rung = RungAmount("owned", "Ejet", dkk=None, hours=None, count=2)
    assert rung.amount("dkk") == Decimal(0)
    wide, _narrow = both(HarvestAccount((rung,)))
    assert "2 gevinster" in text_of(wide)
