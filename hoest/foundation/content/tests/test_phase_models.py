"""A phase model as text: what it must hold, and every fault with its line."""

import pytest

from hoest.foundation import content
from hoest.foundation.content import PhaseModelFault
from hoest.foundation.content.phase_models import read_model, read_phase_models

SOUND = """code: vores
da: Vores model
phases:
  - code: ide
    stage: idea
    da: Idé
  - code: drift
    stage: realisation
    da: Drift
    asks: [baseline]
    skips: [change_story]
"""


def faults(text):
    with pytest.raises(PhaseModelFault) as fault:
        content.read_phase_model(text)
    return {(one.line, one.said) for one in fault.value.faults}


def lines(text):
    return sorted({line for line, _said in faults(text)})


def test_a_sound_model_is_read_and_english_may_be_left_out():
    found = content.read_phase_model(SOUND)
    assert [one.code for one in found.phases] == ["ide", "drift"]
    assert found.label.in_language("en") == "Vores model"
    assert found.after("ide").asks == ("baseline",)
    assert found.after("drift") is None


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("da: Vores model", "navn: Vores model", 2, "Kender ikke 'navn'"),
        ("da: Vores model\n", "", 1, "'da' mangler"),
        ("code: vores", "code: Vores Model", 1, "små bogstaver"),
        ("stage: idea", "stage: begin", 5, "Trinnet 'begin' findes ikke"),
        ("stage: realisation", "stage: execution", 7, "Den sidste fase"),
        ("stage: idea", "stage: analysis", 4, "Den første fase"),
        ("code: drift", "code: ide", 7, "står der to gange"),
        ("[baseline]", "[basline]", 10, "Kravet 'basline' findes ikke"),
        ("[change_story]", "[dpia]", 11, "'dpia' følger af lov"),
        ("[baseline]", "baseline", 10, "skal være en liste"),
        ("da: Idé", "da: Idé\n    da: Igen", 7, "'da' står der to gange"),
        ("    da: Idé", "    da:", 6, "tekst på højst 300 tegn"),
    ],
)
def test_a_fault_says_its_line(before, after, line, said):
    assert before in SOUND
    found = faults(SOUND.replace(before, after, 1))
    assert any(one == line and said in words for one, words in found), found


def test_all_faults_are_told_at_once():
    text = SOUND.replace("da: Vores model", "da:").replace("stage: idea", "stage: x")
    assert lines(text) == [2, 4, 5]


@pytest.mark.parametrize("text", ["", "bare ord", "- en\n- to\n", "code: a\n  da: b\n c", "a: [1"])
def test_what_is_no_model_is_refused_and_not_a_crash(text):
    assert faults(text)


def test_a_phase_that_goes_back_is_refused():
    text = SOUND.replace(
        "  - code: drift",
        "  - {code: a, stage: execution, da: A}\n  - {code: b, stage: analysis, da: B}\n"
        "  - code: drift",
    )
    assert any("går tilbage" in said for _line, said in faults(text))


def test_one_phase_or_ten_are_refused():
    one = SOUND[: SOUND.index("  - code: drift")]
    many = SOUND.replace(
        "  - code: drift",
        "".join(f"  - {{code: p{n}, stage: analysis, da: P}}\n" for n in range(9))
        + "  - code: drift",
    )
    for text in (one, many):
        assert any("fra to til" in said for _line, said in faults(text))


def test_the_shipped_models_are_four_and_begin_with_the_plain_one():
    found = content.shipped_phase_models()
    assert list(found) == ["four_phase", "five_phase", "small_experiment", "without_purchase"]
    stages = [one.stage for one in found["four_phase"].phases]
    assert stages == ["idea", "analysis", "execution", "realisation"]
    for code in found:
        assert content.read_phase_model(content.phase_model_text(code)) == found[code]


def test_a_fault_in_the_shipped_file_names_the_model():
    with pytest.raises(content.ContentFault, match="'vores'"):
        read_phase_models("p.yaml", {"vores": {"da": "x"}}, requirements=(), statutory=())


def test_a_model_in_use_is_read_although_a_requirement_is_gone():
    text = SOUND.replace("[baseline]", "[a_requirement_of_old]")
    assert faults(text)
    assert content.phase_model_in_use(text).phases[1].asks == ("a_requirement_of_old",)


def test_a_text_that_is_yaml_with_references_stays_small():
    bomb = "a: &a [x]\ncode: *a\nda: x\nphases: *a\n"
    with pytest.raises(PhaseModelFault):
        read_model(bomb, requirements=(), statutory=())
