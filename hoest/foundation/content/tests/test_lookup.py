"""Content is answered in the reader's language, and every file can be replaced (Q-05)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from hoest.foundation import content
from hoest.foundation.content import ContentFault
from hoest.foundation.content.files import REPLACEABLE, SHIPPED

Replace = Callable[[str, str, str], None]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an empty own content folder that is in force while the test runs."""
    monkeypatch.setenv("HOEST_CONTENT", str(tmp_path))
    content.forget()
    yield tmp_path
    content.forget()


@pytest.fixture
def replace(own: Path) -> Replace:
    """Give a function that copies a shipped file to the own folder with one text exchanged."""

    def exchange(name: str, before: str, after: str) -> None:
        text = (SHIPPED / name).read_text(encoding="utf-8")
        assert before in text
        (own / name).write_text(text.replace(before, after, 1), encoding="utf-8")
        content.forget()

    return exchange


def test_a_label_is_danish_unless_english_is_active() -> None:
    with translation.override("da"):
        assert content.label("rung", "in_hand") == "I hånden"
        assert content.explanation("phase", "idea").startswith("Nogen har set")
        assert content.term("benefit").word == "gevinst"
    with translation.override("en-gb"):
        assert content.label("rung", "in_hand") == "In hand"
        assert content.explanation("phase", "idea").startswith("Somebody saw")
        assert content.term("benefit").word == "benefit"
        assert content.term("benefit").other == "gevinst"


def test_content_is_read_without_importing_django() -> None:
    code = (
        "import sys; from hoest.foundation import content;"
        "assert content.label('phase', 'idea') == 'Idé';"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=SHIPPED.parents[1])


def test_the_rungs_stand_in_order_with_what_holds_and_lifts() -> None:
    rungs = content.codes("rung")
    assert [content.number("rung", code) for code in rungs] == [0, 1, 2, 3, 4, 5, None]
    assert [content.label("rung", code, "da") for code in rungs] == [
        "På taget",
        "Ejet",
        "I brug",
        "Målt",
        "Påvist",
        "I hånden",
        "Bortfaldet",
    ]
    for code in rungs:
        assert content.holds(code, "da") != content.holds(code, "en")
        assert content.lifts(code, "da") != content.lifts(code, "en")


def test_a_word_of_the_workbook_finds_its_code() -> None:
    assert content.code_of("initiative_type", " it-system ") == "it_system"
    assert content.code_of("purpose_type", "Effektivisering") == "efficiency"
    assert content.code_of("purpose_type", "besparelse") is None


def test_a_whole_limit_is_an_int_and_a_share_a_decimal() -> None:
    assert content.limit("small_group") == 5
    assert content.limit_decimal("agreed_adoption_share") == Decimal("0.8")
    with pytest.raises(ContentFault, match="agreed_adoption_share"):
        content.limit("agreed_adoption_share")
    with pytest.raises(ContentFault, match="ingen_saadan"):
        content.limit("ingen_saadan")


def test_every_limit_has_a_reason_and_a_source() -> None:
    for one in content.limits():
        assert len(one.reason.da) > 20, one.name
        assert len(one.reason.en) > 20, one.name
        assert one.source, one.name


def test_all_98_municipalities_stand_with_region_and_group() -> None:
    everyone = content.municipalities()
    assert len(everyone) == 98
    assert len({one.region for one in everyone}) == 5
    sizes = dict.fromkeys({one.group for one in everyone}, 0)
    for one in everyone:
        sizes[one.group] += 1
    assert sorted(sizes.values()) == [3, 16, 24, 24, 31]
    for wanted in ("0265", "Roskilde", "roskilde kommune"):
        found = content.municipality(wanted)
        assert found is not None
        assert (found.code, found.region) == ("0265", "Sjælland")
    assert content.municipality("Roskilde Amt") is None


def test_words_are_sorted_as_in_a_danish_dictionary() -> None:
    words = [word.word for word in content.terms("da")]
    assert words.index("årshjul") > words.index("økonomiudvalg") > words.index("version")


def test_a_replaced_file_is_used_and_the_others_stay(replace: Replace, own: Path) -> None:
    replace("vocabulary.yaml", "da: På taget", "da: På tagryggen")
    assert content.label("rung", "promised", "da") == "På tagryggen"
    assert content.limit("small_group") == 5
    assert content.replaced() == (["vocabulary.yaml"], [])
    (own / "vocabulary.yaml").unlink()
    content.forget()
    assert content.label("rung", "promised", "da") == "På taget"


def test_every_shipped_file_goes_round_trip_as_a_replacement(own: Path) -> None:
    before = _everything()
    for name in REPLACEABLE:
        shutil.copy(SHIPPED / name, own / name)
    content.forget()
    assert content.replaced() == (sorted(REPLACEABLE), [])
    assert _everything() == before


def test_a_changed_limit_and_municipality_reach_the_program(replace: Replace) -> None:
    replace("limits.yaml", "small_group:\n  value: 5\n", "small_group:\n  value: 8\n")
    replace("municipalities.csv", "0101,København,", "0101,Kjøbenhavn,")
    replace("glossary.yaml", "da: gevinst\n", "da: udbytte\n")
    assert content.limit("small_group") == 8
    assert content.municipalities()[0].name == "Kjøbenhavn"
    assert content.term("benefit", "da").word == "udbytte"


def test_a_municipality_may_add_its_own_words(own: Path) -> None:
    text = (SHIPPED / "glossary.yaml").read_text(encoding="utf-8")
    extra = (
        "local_word:\n  da: byfornyer\n  en: renewer\n  simply: {da: x, en: x}\n"
        "  means: {da: x, en: x}\n"
    )
    (own / "glossary.yaml").write_text(text + extra, encoding="utf-8")
    content.forget()
    assert content.term("local_word", "da").word == "byfornyer"


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("limits.yaml", "small_group:", "smal_group:", "mangler 'small_group'"),
        ("limits.yaml", "value: 5\n", "value: 0.5\n", "skal være et helt tal eller"),
        ("limits.yaml", "value: 5\n", 'value: "mange"\n', "skal være et helt tal eller"),
        ("limits.yaml", "value: 5\n", "value: -5\n", "skal være et helt tal eller"),
        ("limits.yaml", "unit: people", "enhed: people", "'small_group' mangler feltet 'unit'"),
        ("vocabulary.yaml", "    idea:\n", "    ide:\n", "mangler 'phase.idea'"),
        ("vocabulary.yaml", "    idea:\n", "    analysis:\n", "linje .*: to gange samme navn"),
        ("vocabulary.yaml", "      da: Idé\n", "", "'phase.idea' mangler feltet 'da'"),
        ("vocabulary.yaml", "      da: Idé\n", "      da:\n", "feltet 'da' i 'phase.idea'"),
        ("vocabulary.yaml", "number: 0", "number: nul", "'number' i 'rung.promised'"),
        ("vocabulary.yaml", "  da: Fase\n", "  da: [Fase\n", "linje .*: ikke gyldig YAML"),
        ("glossary.yaml", "\nbenefit:\n", "\nbenefits:\n", "mangler 'benefit'"),
        ("glossary.yaml", "forms: [trinet,", "forms: trin # [", "'forms' i 'rung'"),
        ("municipalities.csv", "0101,", "101,", "linje 2: koden '101' skal være fire cifre"),
        ("municipalities.csv", "0147,", "0101,", "linje 3: 'Frederiksberg' står der to gange"),
        ("municipalities.csv", "Hovedstaden", "", "linje 2: kolonnen 'region' er tom"),
        ("municipalities.csv", "region_code", "regionskode", "mangler kolonnen 'region_code'"),
    ],
)
def test_a_fault_names_file_and_place(
    replace: Replace, name: str, before: str, after: str, says: str
) -> None:
    replace(name, before, after)
    with pytest.raises(ContentFault, match=says) as caught:
        content.replaced()
    assert name in str(caught.value)


def test_an_extra_code_is_taken_for_a_slip(own: Path) -> None:
    text = (SHIPPED / "limits.yaml").read_text(encoding="utf-8")
    extra = "smallgroup:\n  value: 5\n  unit: people\n  reason_da: x\n  reason_en: x\n  source: x\n"
    (own / "limits.yaml").write_text(text + extra, encoding="utf-8")
    content.forget()
    with pytest.raises(ContentFault, match="kender ikke 'smallgroup'"):
        content.replaced()


def test_a_file_with_another_name_is_reported_as_unread(own: Path) -> None:
    (own / "vocabulry.yaml").write_text("x: 1\n", encoding="utf-8")
    assert content.replaced() == ([], ["vocabulry.yaml"])


def test_an_empty_file_a_latin_file_and_a_missing_folder_are_refused(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "limits.yaml").write_text("# intet\n", encoding="utf-8")
    with pytest.raises(ContentFault, match="filen er tom"):
        content.limit("small_group")
    (own / "limits.yaml").write_bytes("small_group: {reason_da: små}\n".encode("latin-1"))
    with pytest.raises(ContentFault, match="UTF-8"):
        content.limit("small_group")
    monkeypatch.setenv("HOEST_CONTENT", str(own / "findes-ikke"))
    with pytest.raises(ContentFault, match="findes ikke"):
        content.limit("small_group")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: content.label("phase", "ferie"),
        lambda: content.label("ferie", "phase"),
        lambda: content.holds("ferie"),
        lambda: content.term("ferie"),
    ],
)
def test_an_unknown_code_is_a_fault_that_names_it(ask: Callable[[], object]) -> None:
    with pytest.raises(ContentFault, match="ferie"):
        ask()


def _everything() -> object:
    return (
        [[(kind, content.choices(kind, "da"), content.choices(kind, "en"))] for kind in KINDS],
        content.terms("da"),
        content.terms("en"),
        content.limits(),
        content.municipalities(),
    )


KINDS = (
    "purpose_type",
    "initiative_type",
    "phase",
    "benefit_type",
    "rung",
    "line_kind",
    "steering_area",
    "duration",
    "frequency",
    "unit_kind",
    "body_kind",
    "role",
    "version_state",
    "status",
)
