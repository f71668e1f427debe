"""Danish words: the stem is PostgreSQL's own, and compounds and synonyms are known."""

import re

import pytest
from django.db import connection

from hoest.foundation import content
from hoest.foundation.content.files import SHIPPED
from hoest.foundation.search import danish, similar


def every_word() -> list[str]:
    """Return all words of the shipped Danish content."""
    text = " ".join(path.read_text("utf-8") for path in sorted(SHIPPED.rglob("*.yaml")))
    return sorted(set(re.findall(r"[a-zæøå]+", text.lower())))


@pytest.mark.django_db
def test_a_stem_is_the_one_postgresql_cuts():
    words = every_word()
    assert len(words) > 4_000
    with connection.cursor() as cursor:
        cursor.execute(
            "select w, (ts_lexize('danish_stem', w))[1] from unnest(%s::text[]) w", [words]
        )
        theirs = {word: stem for word, stem in cursor.fetchall() if stem is not None}
    differing = {w: (danish.stem(w), s) for w, s in theirs.items() if danish.stem(w) != s}
    assert not differing


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("ruteplanlægning", ("rute", "planlægning")),
        ("hjemmepleje", ("hjemme", "pleje")),
        ("boligsocial", ("bolig", "social")),
        ("vagtplanlægningssystemet", ("vagt", "planlægning", "systemet")),
        ("aftale", ()),
        ("kommunikation", ()),
    ],
)
def test_a_compound_is_split_where_its_words_meet(word, parts):
    assert danish.parts_of(word) == tuple(danish.root(part) for part in parts)


def test_every_group_of_synonyms_means_the_same_both_ways():
    for group in content.words_to_search().synonyms:
        stems = {danish.root(danish.plain(word)) for word in group}
        for one in stems:
            assert set(danish.synonyms_of(one)) == stems - {one}


PAIRS = [
    # Bent forms.
    ("kørelister", "Nye kørelister", True),
    ("skærmbesøgene", "Skærmbesøg hos borgere", True),
    ("fakturaer", "Behandling af en faktura", True),
    # Compounds, whole and apart, either way round.
    ("planlægning af ruter", "Ruteplanlægning i hjemmeplejen", True),
    ("ruteplanlægning", "Bedre planlægning af ruter", True),
    ("pleje", "Hjemmeplejen får nye tider", True),
    ("vagtplan", "Vagtplanlægning på plejecentre", True),
    ("gødning", "Gødningsspredere på markerne", True),
    # Another word for the same.
    ("chatbot", "Telefonbot i borgerservice", True),
    ("renovation", "Affaldshentning efter behov", True),
    ("skrald", "Sensorer i skraldespande", True),
    ("aeldre", "Seniorer lærer it", True),
    # While it is being typed.
    ("hjemmetr", "Digital hjemmetræning", True),
    # Letters that only happen to be there, and words all texts have.
    ("tale", "Aftale om betaling", False),
    ("bil", "Mobil adgang til billeder", False),
    ("digital løsning", "Digital løsning til borgere", False),
    ("vand", "Sagsgang ved vandring", False),
]


@pytest.mark.parametrize(("text", "title", "fits"), PAIRS)
def test_a_text_looks_like_a_title_or_does_not(text, title, fits):
    like = similar.compare(similar.typed(text), similar.Thing("/x/", title))
    assert (like.score >= float(content.limit_decimal("similar_least"))) is fits


def test_the_same_text_gives_the_same_weight_each_time():
    wanted = similar.typed("Kørelister og planlægning af ruter i hjemmeplejen")
    thing = similar.Thing("/x/", "Ruteplanlægning", "Kørelister lægges i hånden i dag")
    first = similar.compare(wanted, thing)
    assert all(similar.compare(wanted, thing) == first for _ in range(5))
    assert first.words[0] == ("kørelister", "ruteplanlægning") or first.words[0][0] in {
        "kørelister",
        "planlægning",
        "ruter",
    }


def test_silent_and_foreign_signs_never_reach_the_database():
    assert not similar.typed("og i at det ' | & ! :* \x00").terms
    assert {t.word for t in similar.typed("robot'; drop table").terms} == {"robot", "drop", "table"}


TEXTS = [
    # A text is told of by its own words, not by chance: the demo's own likenesses.
    ("Nøglerne bliver væk. Vi leder efter en kode", "FLIS", "nøgletal og ledelse", False),
    ("Alle lærer på tre timer. AI-kørekort til sager", "Kørelister", "tre timer om ugen", False),
    ("Borgeren træner hjemme med app og terapeut", "Nøgler i hjemmeplejen", "", False),
    ("Kørekort til samtaler, referat og journal", "Køreliste og vogn", "", False),
    ("Nøglerne til borgernes hjem er væk i en bil med kode", "Nøgler hos borgere", "", True),
    ("Fakturaer uden kontonummer sendes frem og tilbage", "Robot på fakturaer", "", True),
    ("Robot på fakturaer bogfører ordrer for mennesker", "Fakturarobotten", "", True),
    ("Huller i vejen melder alle mange gange", "Vejdriften", "Huller og drift af veje", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "about", "fits"), TEXTS)
def test_a_long_text_is_alike_by_its_own_words_and_not_by_chance(text, title, about, fits):
    wanted = similar.typed(text)
    assert (
        similar.is_alike(wanted, similar.compare(wanted, similar.Thing("/x/", title, about)))
        is fits
    )


def test_a_word_of_the_other_is_a_reason_once_and_ai_is_written_in_capitals():
    wanted = similar.typed("ai i skærmbesøg: et besøg på en skærm, og robotter læser fakturaer ")
    like = similar.compare(wanted, similar.Thing("/x/", "Skærmbesøg med AI", "Fakturarobot"))
    assert [said for said, _there in like.words] == ["skærmbesøg", "AI", "fakturaer"]
    both = similar.typed("Robot på fakturaer bogfører ordrer ")
    like = similar.compare(both, similar.Thing("/x/", "Fakturarobotten"))
    assert [there for _said, there in like.words] == ["fakturarobotten"]
