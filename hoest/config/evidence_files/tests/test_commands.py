"""The commands effect, transfer and design: their JSON, their Danish lines, their faults."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoest.config.cli import main
from hoest.config.evidence_files import refusing, words
from hoest.config.evidence_files.showing import finite
from hoest.engine import effects, transfer
from hoest.engine.effects.tests.worlds import noise, staggered

COLUMNS = ["--unit", "enhed", "--time", "md", "--value", "minutter", "--treated", "start"]
KEYS = ["method", "estimate", "se", "ci", "p", "grade", "verdict", "sentence", "diagnostics"]


def long_table(table: np.ndarray, starts: list[int], comma: bool = False) -> str:
    mark = ";" if comma else ","
    lines = [mark.join(["enhed", "md", "minutter", "start"])]
    length = table.shape[1]
    for k, line in enumerate(table):
        begun = "" if starts[k] >= length else str(starts[k] + 1)
        for t, value in enumerate(line):
            shown = f"{value:.6f}".replace(".", ",") if comma else f"{value:.6f}"
            lines.append(mark.join([f"k{k:02}", str(t + 1), shown, begun]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    rollout = staggered(12)
    table = noise(np.random.default_rng(1), 1, 12)[0] - 3 * rollout.treated
    file = tmp_path / "tolv.csv"
    file.write_text(long_table(table, rollout.starts.tolist()), encoding="utf-8")
    return file


def answered(capsys: pytest.CaptureFixture[str], *words_: object) -> dict[str, Any]:
    assert main([str(one) for one in words_]) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def refused(capsys: pytest.CaptureFixture[str], *words_: object) -> str:
    assert main([str(one) for one in words_]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    return found.err.strip()


def test_auto_compares_and_says_everything_together(
    twelve: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answered(capsys, "effect", twelve, *COLUMNS, "--seed", 4, "--json")
    assert list(said) == [*KEYS, "groups", "warnings"]
    assert said["method"] == "did"
    assert said["estimate"] == pytest.approx(-3, abs=1)
    assert said["ci"][0] < said["estimate"] < said["ci"][1] < 0
    assert (said["grade"], said["verdict"]) == (4, "vist")
    assert said["diagnostics"]["check"]["method"] == "cs"
    assert said["diagnostics"]["randomisation"]["smallest_p"] == pytest.approx(0.001)
    assert set(said["groups"][0]) == {"group", "time", "att", "se"}
    assert said["groups"][0]["group"] == 25
    assert answered(capsys, "effect", twelve, *COLUMNS, "--seed", 4, "--json") == said
    drawn = answered(capsys, "effect", twelve, *COLUMNS, "--drawn", "--json")
    assert drawn["grade"] == 5


@pytest.mark.parametrize("method", ["did", "cs"])
def test_each_comparison_answers_with_its_own_estimate(
    twelve: Path, capsys: pytest.CaptureFixture[str], method: str
) -> None:
    said = answered(capsys, "effect", twelve, *COLUMNS, "--method", method, "--json")
    auto = answered(capsys, "effect", twelve, *COLUMNS, "--json")
    beside = auto["estimate"] if method == "did" else auto["diagnostics"]["check"]["estimate"]
    assert said["estimate"] == pytest.approx(beside)


def test_a_danish_workbook_gives_the_same_answer(
    twelve: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rollout = staggered(12)
    table = noise(np.random.default_rng(1), 1, 12)[0] - 3 * rollout.treated
    danish = tmp_path / "dansk.csv"
    text = long_table(table, rollout.starts.tolist(), comma=True)
    danish.write_bytes(text.replace("k00", "Ærø").encode("cp1252"))
    plain = answered(capsys, "effect", twelve, *COLUMNS, "--json")
    said = answered(capsys, "effect", danish, *COLUMNS, "--json")
    assert said["estimate"] == pytest.approx(plain["estimate"], abs=1e-12)


def test_one_adopter_is_compared_with_a_made_neighbour_or_its_own_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = noise(np.random.default_rng(3), 1, 12)[0]
    table[0, 30:] += 9
    file = tmp_path / "en.csv"
    file.write_text(long_table(table, [30] + [60] * 11), encoding="utf-8")
    said = answered(capsys, "effect", file, *COLUMNS, "--json")
    assert said["method"] == "sdid"
    assert said["estimate"] == pytest.approx(9, abs=2)
    assert said["verdict"] == "kan ikke vises"
    assert said["diagnostics"]["reasons"] == ["few_orders"]
    assert said["ci"] == [None, None]
    assert said["p"] >= 1 / 12
    checked = said["diagnostics"]
    assert checked["pre_gap"]["periods"] == 12
    assert checked["pre_gap"]["smallest_p"] == pytest.approx(1 / 12)
    assert checked["anticipation"]["periods"] == 1
    assert checked["leave_one_out"]["low"] < said["estimate"] < checked["leave_one_out"]["high"]
    assert checked["leave_one_out"]["sign_holds"]
    assert main(["effect", str(file), *COLUMNS]) == 0
    assert "de er for få til at se den sikkert" in capsys.readouterr().out
    file.write_text(long_table(table[:1], [30]), encoding="utf-8")
    alone = answered(capsys, "effect", file, *COLUMNS, "--json")
    assert (alone["method"], alone["grade"], alone["verdict"]) == ("its", 2, "antydet")
    dates = alone["diagnostics"]["placebo_dates"]
    assert [one["start"] for one in dates] == [16, 23]
    assert set(dates[0]) == {"start", "effect", "se", "p"}
    assert main(["effect", str(file), *COLUMNS]) == 0
    assert "2 datoer, hvor intet begyndte, er prøvet." in capsys.readouterr().out


def test_the_lines_say_effect_range_and_verdict(
    twelve: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["effect", str(twelve), *COLUMNS]) == 0
    said = capsys.readouterr().out
    assert said.startswith("De 8, der er begyndt, er faldet med ")
    assert "Effekten er vist." in said
    assert "grad 4: trinvis sammenlignet" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "er tom"),
        ("enhed,md,minutter,start\n", "ingen linjer"),
        ("enhed,md,minutter\nA,1,2\n", "Kolonnen start findes ikke"),
        ("enhed,md,minutter,start\nA,1,to,\n", 'I linje 2 står "to" i kolonnen minutter'),
        ("enhed,md,minutter,start\nA,i går,2,\n", "eller en måned som 2026-03"),
        ("enhed,md,minutter,start\nA,1,2\n", "Linje 2 har 3 felter"),
        ("enhed,md,minutter,start\n,1,2,\n", "er kolonnen enhed tom"),
        ("enhed,md,minutter,start\nA,1,2,\nA,2026-01,2,\n", "på en anden måde"),
        ("enhed,md,minutter,start\nA,1,2,\nA,1,3,\n", "A har to værdier for 1"),
        ("enhed,md,minutter,start\nA,1,2,2\nA,2,3,1\n", "A har to forskellige starter"),
        ("enhed,md,minutter,start\nA,1,2,\nA,2,3,\n", "Ingen er begyndt"),
        ("enhed,enhed,minutter,start\nA,1,2,\n", "To kolonner har samme navn"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str
) -> None:
    file = tmp_path / "fejl.csv"
    file.write_text(text, encoding="utf-8")
    assert sentence in refused(capsys, "effect", file, *COLUMNS)


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "findes ikke" in refused(capsys, "effect", tmp_path / "intet.csv", *COLUMNS)
    assert "er en mappe" in refused(capsys, "effect", tmp_path, *COLUMNS)
    assert "Angiv en fil" in refused(capsys, "design")


def test_the_neighbours_are_told_with_the_next_place_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "naboer.csv"
    file.write_text("sted;yi;vi\nA;3,1;0,36\nB;2,2;0,25\nC;4,0;0,64\nD;1,0;0,49\n", "utf-8")
    options = ["--effect", "yi", "--variance", "vi", "--label", "sted", "--promise", 2]
    said = answered(capsys, "transfer", file, *options, "--volume", 100, "--json")
    head, reml = said["headline"], said["reml"]
    assert head["prediction"][0] < reml["ci"][0] < head["estimate"] < head["prediction"][1]
    assert head["probability"] == pytest.approx(0.70, abs=0.02)
    assert head["ours"]["middle"] == pytest.approx(100 * head["estimate"])
    assert {"mu", "se", "tau2", "ci", "prediction"} <= set(reml)
    assert [one["study"] for one in said["shrunken"]] == ["A", "B", "C", "D"]
    assert main(["transfer", str(file), "--effect", "yi", "--variance", "vi"]) == 0
    assert "Hos den næste ventes effekten" in capsys.readouterr().out
    file.write_text("yi,vi\n3,1\n4,1\n", "utf-8")
    few = answered(capsys, "transfer", file, "--effect", "yi", "--variance", "vi", "--json")
    assert few["headline"]["prediction"] is None
    assert few["reference"] == [3, 4]
    assert few["warnings"][0]["code"] == "few_studies"
    file.write_text("yi,vi\n3,0\n", "utf-8")
    said_ = refused(capsys, "transfer", file, "--effect", "yi", "--variance", "vi")
    assert said_ == "Varians nr. 1 er 0, men den skal være over 0."


def test_an_order_is_drawn_and_told_with_what_it_can_show(
    twelve: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["design", "--units", 12, "--sd", 2, "--seed", 7, "--effect", 2]
    said = answered(capsys, *told, "--json")
    assert answered(capsys, *told, "--json") == said
    assert sorted(one["wave"] for one in said["order"]) == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    once, two, *_ = said["plans"]
    assert (once["precision"], once["detectable"]) == (0, None)
    assert 0 < two["precision"] < said["plan"]["precision"]
    assert 0.5 < said["plan"]["power"] < 1
    wish = "1,2,3;4,5,6;7,8,9;10,11,12"
    assert answered(capsys, *told, "--wish", wish, "--json")["wish"][
        "precision_of_drawn"
    ] == pytest.approx(1)
    at_once = ",".join(str(one + 1) for one in range(12))
    assert answered(capsys, *told, "--wish", at_once, "--json")["wish"]["precision"] == 0
    columns = ["--unit", "enhed", "--time", "md", "--value", "minutter"]
    learnt = answered(capsys, "design", twelve, *columns, "--after", 24, "--json")
    assert 1 < learnt["noise"]["sd"] < 3
    assert learnt["order"][0]["start"] == 61
    assert main(["design", str(twelve), *columns, "--wish", at_once]) == 2
    assert "i --wish findes ikke" in capsys.readouterr().err
    assert main(["design", "--units", "4", "--sd", "1", "--waves", "1"]) == 0
    assert "ingen at sammenligne med" in capsys.readouterr().out


def test_every_code_and_every_error_has_its_danish_words() -> None:
    assert set(words.REASONS) == set(effects.Reason)
    assert set(words.REMEDIES) == set(effects.Remedy) == set(effects.REMEDIES.values())
    assert set(effects.REMEDIES) == set(effects.Reason)
    assert set(words.NOTES) == set(effects.Note)
    assert set(words.VERDICTS) == set(effects.Verdict)
    assert len(words.GRADES) == len(effects.Grade)
    assert refusing.SENTENCES[transfer.NoStudies](None) == "Der er ingen resultater i filen."
    assert [finite(one) for one in (1.0, math.inf, math.nan, None)] == [1.0, None, None, None]


def test_a_note_of_one_is_told_in_the_singular() -> None:
    missing, cohorts = effects.Note.MISSING_VALUES, effects.Note.SINGLE_COHORTS
    assert words.note(missing, 1) == "1 værdi mangler. Den er ikke fyldt ud."
    assert words.note(missing, 1200) == "1.200 værdier mangler. De er ikke fyldt ud."
    assert words.note(cohorts, 1).startswith("1 starttidspunkt har kun én enhed")
    assert words.note(cohorts, 2).startswith("2 starttidspunkter har kun én enhed")
    assert words.note(effects.Note.NO_SEASON, 0) == "Der er ikke renset for sæson."


def test_strata_keep_the_order_within_groups(
    twelve: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, *lines = twelve.read_text(encoding="utf-8").splitlines()
    size = {f"k{k:02}": "stor" if k % 2 else "lille" for k in range(12)}
    named = [f"{line},{size[line.split(',')[0]]}" for line in lines]
    twelve.write_text("\n".join([f"{head},størrelse", *named]), encoding="utf-8")
    plain = answered(capsys, "effect", twelve, *COLUMNS, "--json")
    words_ = ["effect", twelve, *COLUMNS, "--strata", "størrelse", "--json"]
    layered = answered(capsys, *words_)
    assert plain["diagnostics"]["randomisation"]["strata"] == 1
    assert layered["diagnostics"]["randomisation"]["strata"] == 2
    assert layered["estimate"] == plain["estimate"]
    said = answered(
        capsys, "design", twelve, *COLUMNS[:6], "--strata", "størrelse", "--waves", 2, "--json"
    )
    assert said["strata"] == 2
    for wave in (1, 2):
        members = [size[one["unit"]] for one in said["order"] if one["wave"] == wave]
        assert sorted(members) == ["lille"] * 3 + ["stor"] * 3
    twelve.write_text(
        twelve.read_text(encoding="utf-8").replace("lille", "stor", 1), encoding="utf-8"
    )
    assert "Skriv den samme på alle linjer" in refused(capsys, *words_)


@pytest.mark.slow
def test_many_indicators_are_told_beside_each_other(
    twelve: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, *lines = twelve.read_text(encoding="utf-8").splitlines()
    table = [f"tal,valgt,{head}"]
    table += [f"minutter,ja,{line}" for line in lines]
    table += [f"{name},,{line}" for name in ("besøg", "fejl") for line in lines]
    many = tmp_path / "mange.csv"
    many.write_text("\n".join(table), encoding="utf-8")
    store = tmp_path / "gemt"
    words_ = ["effects", many, "--indicator", "tal", "--primary", "valgt", *COLUMNS]
    words_ += ["--processes", 1, "--store", store]
    assert main([str(one) for one in [*words_, "--json"]]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["indicator"] for one in said["indicators"]] == ["minutter", "besøg", "fejl"]
    assert [one["q"] is None for one in said["indicators"]] == [True, False, False]
    assert (said["looked_at"], said["reused"]) == (2, 0)
    alone = answered(capsys, "effect", twelve, *COLUMNS, "--json")
    told = {key: one for key, one in said["indicators"][0].items() if key in alone}
    assert told == alone
    assert len(list(store.iterdir())) == 1
    assert main([str(one) for one in words_]) == 0
    shown = capsys.readouterr().out
    assert "minutter (valgt på forhånd): −2,3" in shown
    assert "2 tal var ikke valgt på forhånd" in shown
    assert main([str(one) for one in [*words_, "--json"]]) == 0
    assert json.loads(capsys.readouterr().out)["reused"] == 3


def test_a_scheduler_that_is_none_is_told_in_one_sentence(
    twelve: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words_ = ["effects", twelve, "--indicator", "enhed", *COLUMNS]
    assert refused(capsys, *words_).startswith('"k08": Ingen er begyndt')
    head, *lines = twelve.read_text(encoding="utf-8").splitlines()
    twelve.write_text("\n".join([f"{head},tal", *(f"{one},fejl" for one in lines)]))
    words_[3] = "tal"
    assert refused(capsys, *words_, "--scheduler", "hvad") == "Planlæggeren hvad svarer ikke."


def test_what_is_wrong_with_the_data_is_not_blamed_on_the_scheduler(
    twelve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: object, **_more: object) -> None:
        raise ValueError("singular")

    monkeypatch.setattr(effects, "effects_of_many", broken)
    head, *lines = twelve.read_text(encoding="utf-8").splitlines()
    twelve.write_text("\n".join([f"{head},tal", *(f"{one},fejl" for one in lines)]))
    words_ = ["effects", twelve, "--indicator", "tal", *COLUMNS, "--scheduler", "tcp://x:1"]
    with pytest.raises(ValueError, match="singular"):
        main([str(one) for one in words_])
