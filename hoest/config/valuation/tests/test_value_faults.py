"""`hoest value`: one Danish sentence for every fault, and files as they come."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hoest.config.cli import main
from hoest.config.valuation.tests.cases import Run, case_a, changed, refused, without

FAULTS = [
    (changed("lines.1.kind", "gevinst"),
     'I lines[1].kind står "gevinst", men der skal stå "investment", "operation" eller '
     '"benefit".'),
    (changed("lines.1.kind", None),
     'I lines[1].kind står null, men der skal stå "investment", "operation" eller "benefit".'),
    (changed("lines.1.recurring", "ja"),
     'I lines[1].recurring står "ja", men der skal stå true eller false uden anførselstegn.'),
    (changed("lines.1.recurring", 1),
     "I lines[1].recurring står 1, men der skal stå true eller false uden anførselstegn."),
    (changed("lines.1.name", ""),
     'I lines[1].name står "", men der skal stå et navn på 1 til 200 tegn på én linje.'),
    (changed("lines.1.name", "to\nlinjer"),
     'I lines[1].name står "to?linjer", men der skal stå et navn på 1 til 200 tegn på én linje.'),
    (changed("lines.1", 7),
     "I lines[1] står 7, men der skal stå et objekt med felterne name, kind, recurring, amounts."),
    (changed("lines.1.amounts", {}),
     "I lines[1].amounts står et tomt objekt, men der skal stå et objekt med mindst ét år, for "
     'eksempel {"2026": 1.8}.'),
    (changed("lines.1.amounts", [1, 2]),
     "I lines[1].amounts står en liste med 2 led, men der skal stå et objekt med mindst ét år, "
     'for eksempel {"2026": 1.8}.'),
    (changed("lines.1.amounts", {"17": 1}),
     'I lines[1].amounts står nøglen "17", men der skal stå et årstal med fire cifre.'),
    (changed("lines.1.amounts.2017", None),
     "I lines[1].amounts[2017] står null, men der skal stå et beløb; udelad året, hvis beløbet "
     "ikke er kendt."),
    (changed("lines.1.amounts.2017", -1),
     "I lines[1].amounts[2017] står -1, men der skal stå et beløb uden minus; feltet kind afgør "
     "retningen."),
    (changed("lines.1.amounts.2017", "1.234"),
     'I lines[1].amounts[2017] står "1.234", men der skal stå et entydigt beløb; skriv 1234 eller '
     "1.234 uden anførselstegn."),
    (changed("lines.1.amounts.2017", "meget"),
     'I lines[1].amounts[2017] står "meget", men der skal stå et beløb som 1234.5 eller '
     '"1.234,5".'),
    (changed("lines.1.amounts.2017", True),
     "I lines[1].amounts[2017] står true, men der skal stå et beløb som 1234.5 eller "
     '"1.234,5".'),
    (changed("lines.1.amounts.2017", 1e16),
     "I lines[1].amounts[2017] står 1E+16, men der skal stå et beløb på højst 15 cifre før og 30 "
     "efter kommaet."),
    (changed("lines.1.amounts.2015", 1),
     "I lines[1].amounts[2015] står et beløb uden for sagens år; der skal stå et år fra 2016 til "
     "2021."),
    (changed("lines.1.amounts.2022", 1),
     "I lines[1].amounts[2022] står et beløb uden for sagens år; der skal stå et år fra 2016 til "
     "2021."),
    (changed("lines.1.price_level", 2019),
     "I lines[1].price_level står 2019, men sagen er i prisniveau 2016; prisniveauer lægges ikke "
     "sammen uden et indeks."),
    (changed("lines.1.view", "society"),
     'I lines[1].view står "society", men lines[0] er "treasury"; kommunekasse og samfund lægges '
     "ikke sammen."),
    (changed("lines.1.low_share", 1.1),
     "I lines[1].low_share står 1.1, men der skal stå en andel fra 0 til 1 med højst 10 decimaler "
     "(80 % skrives 0.8)."),
    (changed("lines.1.high_share", 0.9),
     "I lines[1].high_share står 0.9, men der skal stå en andel fra 1 til 100 med højst 10 "
     "decimaler (80 % skrives 0.8)."),
    (changed("lines.1.beløb", 1),
     'I lines[1] står feltet "beløb", som ikke kendes; de kendte er name, kind, recurring, '
     "amounts, price_level, view, low_share, high_share."),
    (changed("lines", []),
     "I lines står en tom liste, men der skal stå en liste med mindst én linje."),
    (changed("lines", {}),
     "I lines står et tomt objekt, men der skal stå en liste med mindst én linje."),
    (changed("horizon", 2015),
     "I horizon står 2015, men der skal stå basisåret 2016 eller et senere år."),
    (changed("horizon", 2201),
     "I horizon står 2201, men der skal stå et årstal mellem 1900 og 2200 som helt tal."),
    ({**case_a(), "base_year": 1950, "horizon": 2151},
     "I horizon står 2151, men der skal stå højst 200 år efter basisåret 1950."),
    (changed("base_year", "2016"),
     'I base_year står "2016", men der skal stå et årstal mellem 1900 og 2200 som helt tal.'),
    (changed("base_year", 2016.5),
     "I base_year står 2016.5, men der skal stå et årstal mellem 1900 og 2200 som helt tal."),
    (changed("price_level", True),
     "I price_level står true, men der skal stå et årstal mellem 1900 og 2200 som helt tal."),
    (changed("rate", "DK-2022"),
     'I rate står "DK-2022", men der skal stå DK-1999, DK-2009, DK-2013, DK-2021 eller en andel '
     "fra 0 til 1 (3,5 % skrives 0.035)."),
    (changed("rate", 3.5),
     "I rate står 3.5, men der skal stå DK-1999, DK-2009, DK-2013, DK-2021 eller en andel fra 0 "
     "til 1 (3,5 % skrives 0.035)."),
    (changed("rate", -0.01),
     "I rate står -0.01, men der skal stå DK-1999, DK-2009, DK-2013, DK-2021 eller en andel fra 0 "
     "til 1 (3,5 % skrives 0.035)."),
    (changed("unit", "mia"),
     'I unit står "mia", men der skal stå "kr", "t" eller "m".'),
    (changed("titel", "Sag A"),
     'I det yderste objekt står feltet "titel", som ikke kendes; de kendte er base_year, '
     "price_level, rate, lines, horizon, unit."),
    ([], "I standardinput står yderst en tom liste, men der skal stå et JSON-objekt."),
    ("", "Standardinput er tom, men der skal stå et JSON-objekt."),
    ("{", "Standardinput kan ikke læses som JSON: der er en fejl i linje 1, tegn 2."),
    ("[" * 100_000, "Standardinput er indlejret for dybt til at være en sag."),
    (b"\xff\xfe{", "Standardinput er ikke tekst i UTF-8 (byte nr. 1 kan ikke læses)."),
    (b" " * 5_000_001, "Standardinput er over 5 MB; en sag fylder normalt få kB."),
    (json.dumps(changed("rate", float("nan"))),
     "I filen står NaN, men der skal stå et almindeligt tal."),
    (json.dumps(changed("lines.1.amounts.2017", float("-inf"))),
     "I filen står -Infinity, men der skal stå et almindeligt tal."),
    ('{"rate": 0.03, "rate": 0.04}', 'Feltet "rate" står to gange i samme objekt.'),
    ('{"rate": 1e99999999999999999999}',
     "I filen står tallet 1e99999999999999999999, som er for stort til at regne med."),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "sentence"), FAULTS, ids=[f"{s[:48]}" for _, s in FAULTS])
def test_a_fault_says_what_stands_there_what_should_and_where(
    run: Run, raw: bytes | str | object, sentence: str
) -> None:
    assert refused(run, raw) == sentence


@pytest.mark.parametrize("field", ["base_year", "price_level", "rate", "lines", "horizon", "unit"])
def test_a_missing_field_of_the_case_is_named(run: Run, field: str) -> None:
    assert refused(run, without(field)) == f'I det yderste objekt mangler feltet "{field}".'


@pytest.mark.parametrize("field", ["name", "kind", "recurring", "amounts"])
def test_a_missing_field_of_a_line_is_named_with_its_line(run: Run, field: str) -> None:
    assert refused(run, without(f"lines.1.{field}")) == f'I lines[1] mangler feltet "{field}".'


def test_a_long_or_unprintable_text_is_shortened_in_the_sentence(run: Run) -> None:
    sentence = refused(run, changed("unit", "x" * 5000 + "\x1b[31m"))
    assert len(sentence) < 120
    assert "\x1b" not in refused(run, changed("unit", "\x1b[31m"))
    assert refused(run, '{"\\ud800": 1}')


def test_more_than_ten_thousand_lines_are_refused(run: Run) -> None:
    small = {**case_a()["lines"][1], "name": "x"}
    made = {**case_a(), "lines": [small] * 10_001}
    assert refused(run, made) == (
        "I lines står en liste med 10001 led, men der skal stå højst 10000 linjer."
    )


# --- files -------------------------------------------------------------------------------------


def test_a_file_is_read_and_a_fault_in_it_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "sag.json", tmp_path / "tom.json"
    good.write_text(json.dumps(case_a()))
    bad.write_text("")
    assert main(["value", str(good), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["payback"]["calendar_year"] == 2018
    assert main(["value", str(bad)]) == 2
    assert capsys.readouterr().err == f"Filen {bad} er tom, men der skal stå et JSON-objekt.\n"


def test_a_file_that_cannot_be_opened_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for argument, sentence in [
        (str(tmp_path / "findes-ikke.json"), f"Filen {tmp_path}/findes-ikke.json findes ikke.\n"),
        (str(tmp_path), f"{tmp_path} er en mappe, men der skal stå en JSON-fil.\n"),
        ("nul\0", "Filen nul\0 kan ikke læses.\n"),
    ]:
        assert main(["value", argument, "--json"]) == 2
        shown = capsys.readouterr()
        assert (shown.out, shown.err) == ("", sentence)


def test_without_a_file_the_command_says_what_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["value"]) == 2
    assert capsys.readouterr().err == (
        'Angiv en JSON-fil, eller "-" for at læse fra standardinput.\n'
    )


def test_the_command_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    case = tmp_path / "sag.json"
    case.write_text(json.dumps(case_a()))
    program = (
        "import sys; sys.modules['django'] = None; sys.modules['psycopg'] = None\n"
        "from hoest.config.cli import main\n"
        f"sys.exit(main(['value', {str(case)!r}, '--json']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["payback"]["calendar_year"] == 2018
