"""Every rule of the gates as a table: facts on the left, what they trigger on the right."""

import datetime as dt

import pytest

from hoest.domain.portfolio.rules import (
    FactAnswer,
    RequirementState,
    decides_up_to,
    higher_mandate,
    may_answer_deviation,
    obstacles,
    phase_now,
    questions_at,
    standing,
)
from hoest.foundation import content
from hoest.foundation.content import ModelPhase
from hoest.foundation.content.requirements import read_requirements
from hoest.foundation.content.schema import Text

YES, NO, UNKNOWN = FactAnswer.YES, FactAnswer.NO, FactAnswer.UNKNOWN
KNOWN = content.gate_requirements()
EARLY = [one.code for one in content.initiative_questions().values() if one.early]
DAY = dt.date(2026, 11, 22)
ALWAYS = (
    "owner",
    "plain_purpose",
    "organisation_of_work",
    "tested_assumptions",
    "baseline",
)
IT = ("reuse_check", "security_classification", "security_measures", "management_approval")
PRINCIPLES = tuple(f"principle_{number}" for number in range(1, 9))

# requirement: (facts answered yes that trigger it, facts answered yes that do not)
TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "smart_city_charter": (("smart_city",), ("ai", "personal_data")),
    "reuse_check": (("it_operation",), ("affects_work",)),
    "change_story": (("affects_work",), ("it_operation",)),
    "competence_plan": (("affects_work",), ("critical",)),
    "old_way_closing": (("affects_work",), ("new_expenditure",)),
    "staff_hearing": (("monitors_staff",), ("personal_data", "critical")),
    "record_of_processing": (("personal_data",), ("affects_work",)),
    "legal_basis": (("personal_data",), ("it_operation",)),
    "dpia_screening": (("personal_data",), ("sensitive_data",)),
    "dpia": (("personal_data", "high_risk"), ("personal_data", "sensitive_data")),
    "processing_security": (("personal_data",), ("processor",)),
    "processor_agreement": (("personal_data", "processor"), ("personal_data",)),
    "third_country_transfer": (("personal_data", "third_country"), ("third_country",)),
    "duty_to_inform": (("personal_data", "collects_data"), ("personal_data",)),
    "erasure": (("personal_data",), ("stores_data",)),
    "ethics": (("data_matching",), ("personal_data", "it_operation")),
    "security_classification": (("it_operation",), ("critical",)),
    "security_measures": (("it_operation",), ("personal_data",)),
    "management_approval": (("it_operation",), ("website_or_app",)),
    "incident_route": (("it_operation", "critical"), ("it_operation",)),
    "emergency_procedure": (("critical",), ("it_operation",)),
    "ai_assessment": (("ai",), ("automated_decision",)),
    "administrative_law": (("automated_decision",), ("ai", "cases")),
    "record_keeping": (("cases",), ("stores_data",)),
    "archive": (("stores_data",), ("cases",)),
    "web_accessibility": (("website_or_app",), ("it_operation",)),
    "shared_alternatives": (("shared_solution",), ("personal_data",)),
    "approved_case": (("purchase_above_threshold",), ("affects_work",)),
    "appropriation": (("new_expenditure",), ("purchase_above_threshold",)),
    "procurement": (("purchase_above_threshold",), ("new_expenditure",)),
    **dict.fromkeys(PRINCIPLES, (("it_operation",), ("personal_data",))),
}
# Other ways to the same requirement.
MORE = [
    ("staff_hearing", ("affects_work",)),
    ("dpia", ("personal_data", "ai", "sensitive_data")),
    ("dpia", ("personal_data", "sensitive_data", "vulnerable_people")),
    ("ethics", ("ai",)),
    ("ethics", ("vulnerable_people",)),
    ("ethics", ("political_interest",)),
    ("shared_alternatives", ("new_expenditure",)),
    ("shared_alternatives", ("purchase_above_threshold",)),
    ("approved_case", ("new_expenditure",)),
]


def phase(stage, **more):
    return ModelPhase("p", stage, Text("P", "P"), Text("", ""), **more)


def facts(*yes, rest=NO):
    known = dict.fromkeys(content.initiative_questions(), rest)
    return {**known, **dict.fromkeys(yes, YES)}


def asked(stage, answers, **more):
    found = questions_at(phase(stage, **more), KNOWN, answers, EARLY)
    return {one.requirement.code for one in found.asked}


def test_every_requirement_is_in_the_table_or_always_asked():
    assert set(TABLE) | set(ALWAYS) == set(KNOWN)
    assert not set(TABLE) & set(ALWAYS)


@pytest.mark.parametrize("code", TABLE)
def test_it_is_asked_when_the_facts_trigger_it_and_else_not(code):
    on, off = TABLE[code]
    assert code in asked("realisation", facts(*on))
    assert code not in asked("realisation", facts(*off))


@pytest.mark.parametrize(("code", "on"), MORE)
def test_other_facts_trigger_it_too(code, on):
    assert code in asked("realisation", facts(*on))


@pytest.mark.parametrize("code", ALWAYS)
def test_some_are_asked_of_everything(code):
    assert code in asked("realisation", facts())


def test_nothing_but_those_is_asked_when_every_fact_is_no():
    assert asked("realisation", facts()) == set(ALWAYS)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("analysis", {"owner", "plain_purpose"}),
        ("execution", set(ALWAYS)),
    ],
)
def test_an_early_gate_asks_less(stage, expected):
    assert asked(stage, facts()) == expected


def test_an_early_gate_asks_neither_processor_nor_archive():
    all_yes = facts(*content.initiative_questions())
    assert asked("analysis", all_yes) == {"owner", "plain_purpose", "smart_city_charter"}
    execution, late = asked("execution", all_yes), asked("realisation", all_yes)
    assert execution < late == set(KNOWN)
    assert late - execution == {
        "competence_plan",
        "old_way_closing",
        "processing_security",
        "processor_agreement",
        "third_country_transfer",
        "duty_to_inform",
        "erasure",
        "security_measures",
        "management_approval",
        "incident_route",
        "emergency_procedure",
        "administrative_law",
        "record_keeping",
        "archive",
        "web_accessibility",
    }


@pytest.mark.parametrize("code", TABLE)
def test_an_unknown_fact_is_asked_for_instead_of_taken_for_no(code):
    found = questions_at(phase("realisation"), KNOWN, facts(rest=UNKNOWN), EARLY)
    assert code not in {one.requirement.code for one in found.asked}
    on, _off = TABLE[code]
    assert set(on) <= set(found.unanswered)
    assert (set(on) <= set(found.needed)) or not KNOWN[code].is_blocking


def test_the_five_are_asked_at_the_first_gate_whatever_they_trigger():
    found = questions_at(phase("analysis"), KNOWN, facts(rest=UNKNOWN), EARLY)
    assert found.needed == (*EARLY, "smart_city")


def test_a_fact_that_decides_nothing_more_is_not_asked_for():
    answers = {**facts(), "high_risk": UNKNOWN, "processor": UNKNOWN}
    assert questions_at(phase("realisation"), KNOWN, answers, EARLY).unanswered == ()
    answers["personal_data"] = YES
    found = questions_at(phase("realisation"), KNOWN, answers, EARLY)
    assert set(found.unanswered) == {"high_risk", "processor"}


def test_a_phase_asks_some_early_and_leaves_some_out_but_never_the_law():
    answers = facts("new_expenditure", "personal_data", "affects_work")
    assert "procurement" not in asked("analysis", answers)
    assert "appropriation" in asked("analysis", answers, asks=("appropriation",))
    left = asked("execution", answers, skips=("change_story", "legal_basis"))
    assert "change_story" not in left
    assert "legal_basis" in left


TOMORROW, YESTERDAY = DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)
S = RequirementState


@pytest.mark.parametrize(
    ("form", "written", "told", "until", "expected"),
    [
        ("document", None, None, None, S.MISSING),
        ("document", S.IN_PROGRESS, None, None, S.IN_PROGRESS),
        ("document", S.PRESENT, None, None, S.PRESENT),
        ("document", S.NOT_RELEVANT, S.PRESENT, None, S.NOT_RELEVANT),
        ("document", None, S.PRESENT, None, S.PRESENT),
        ("document", S.MISSING, S.PRESENT, None, S.PRESENT),
        ("told", S.PRESENT, None, None, S.MISSING),
        ("told", S.PRESENT, S.MISSING, None, S.MISSING),
        ("told", None, S.PRESENT, None, S.PRESENT),
        ("document", None, None, DAY, S.DEVIATED),
        ("document", S.IN_PROGRESS, None, TOMORROW, S.DEVIATED),
        ("document", S.PRESENT, None, TOMORROW, S.PRESENT),
        ("document", None, None, YESTERDAY, S.MISSING),
        ("told", None, S.MISSING, TOMORROW, S.DEVIATED),
    ],
)
def test_how_far_a_requirement_is(form, written, told, until, expected):
    assert standing(form, written, told, until, DAY) is expected


def test_a_recommended_one_is_shown_and_does_not_refuse():
    answers = facts("vulnerable_people")
    found = questions_at(phase("execution"), KNOWN, answers, EARLY)
    states = dict.fromkeys(KNOWN, S.PRESENT) | {"ethics": S.MISSING}
    assert "ethics" in {one.requirement.code for one in found.asked}
    assert not obstacles(found, states)
    states["baseline"] = S.IN_PROGRESS
    assert obstacles(found, states).requirements == ("baseline",)


def test_nobody_answers_her_own_deviation_and_only_some_roles_answer_the_law():
    law, own = KNOWN["dpia"], KNOWN["change_story"]
    assert may_answer_deviation(law, {"executive"}, is_asker=False)
    assert not may_answer_deviation(law, {"executive"}, is_asker=True)
    assert not may_answer_deviation(law, {"portfolio_manager"}, is_asker=False)
    assert may_answer_deviation(own, {"portfolio_manager"}, is_asker=False)
    assert not may_answer_deviation(own, {"initiative_lead"}, is_asker=False)


MANDATES = [(100, ("controller", "executive")), (500, ("executive",)), (None, ("council",))]


@pytest.mark.parametrize(
    ("amount", "roles"),
    [
        (None, None),
        (0, None),
        (100, None),
        (101, ("executive",)),
        (500, ("executive",)),
        (501, ("council",)),
    ],
)
def test_above_the_first_mandate_only_the_roles_that_cover_the_amount_decide(amount, roles):
    assert higher_mandate(amount, MANDATES) == roles


@pytest.mark.parametrize(
    ("amount", "roles", "limit"),
    [
        (None, (), None),
        (100, (), None),
        (101, (), 100),
        (501, (), 100),
        (501, ("executive",), 500),
        (400, ("executive",), 100),
    ],
)
def test_a_sponsor_decides_herself_up_to_the_largest_mandate_that_is_hers(amount, roles, limit):
    assert decides_up_to(amount, MANDATES, roles) == limit


def test_without_mandates_nobody_is_above_one():
    assert higher_mandate(5, []) is None


class TestPhases:
    """Where an initiative is in its model."""

    five = content.shipped_phase_models()["five_phase"]
    small = content.shipped_phase_models()["small_experiment"]

    def test_the_chosen_phase_holds_while_it_is_of_the_stage(self):
        assert phase_now(self.five, "analysis", "acquisition").code == "acquisition"
        assert phase_now(self.five, "analysis", "").code == "analysis"
        assert phase_now(self.five, "execution", "acquisition").code == "execution"

    def test_a_model_without_the_stage_has_the_phase_before_it(self):
        assert phase_now(self.small, "analysis", "").code == "idea"

    def test_what_is_over_is_in_no_phase(self):
        assert phase_now(self.small, "stopped", "trial") is None


class TestContent:
    """The file of requirements."""

    entry = {
        **{f"{n}{lang}": "x" for n in ("", "asks_", "why_", "who_") for lang in ("da", "en")},
        "group": "data",
        "when": {"all": ["a"]},
        "from": "execution",
        "weight": "blocking",
        "responsible": "controller",
        "form": "document",
    }

    def read(self, **changed):
        entry = {k: v for k, v in {**self.entry, **changed}.items() if v is not None}
        return read_requirements(
            "r.yaml", {"own": entry}, facts=["a"], roles=["controller"], groups=["data"]
        )

    def test_a_sound_entry_is_read(self):
        assert self.read(approvers=["controller"])["own"].stage == "execution"

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"law_text": "x"}, "kender ikke feltet 'law_text'"),
            ({"when": {"any": ["b"]}}, "forholdet 'b' findes ikke"),
            ({"when": None}, "'when' skal være"),
            ({"from": "later"}, "'from: later' findes ikke"),
            ({"form": "letter"}, "'form: letter'"),
            ({"group": "stars"}, "'group: stars'"),
            ({"responsible": "king"}, "'responsible: king'"),
            ({"approvers": ["king"]}, "rollen 'king'"),
            ({"weight": "heavy"}, "'weight: heavy'"),
            ({"asks_da": None}, "'asks_da'"),
            ({"statutory": True}, "et lovkrav skal have 'law'"),
            ({"statutory": True, "law": "L", "weight": "recommended"}, "et lovkrav"),
            ({"choices": {"x": {}}}, "'choices' skal stå"),
            ({"form": "choice"}, "'choices' skal stå"),
            ({"form": "questions", "questions_da": ["?"]}, "lige mange"),
            ({"questions_da": ["?"], "questions_en": ["?"]}, "lige mange"),
        ],
    )
    def test_a_fault_names_entry_and_field(self, changed, said):
        with pytest.raises(content.ContentFault, match=said) as fault:
            self.read(approvers=["controller"], **changed) if "approvers" not in changed else (
                self.read(**changed)
            )
        assert "own" in str(fault.value)

    def test_every_law_is_named_and_its_deviation_is_for_the_executive_board(self):
        for one in KNOWN.values():
            if one.is_statutory:
                assert one.law
                assert one.approvers == ("executive",)
            if one.form == "told":
                assert not one.law

    def test_the_four_questions_of_a_smart_city_are_there(self):
        assert len(KNOWN["smart_city_charter"].questions("da")) == 4
        assert set(KNOWN["organisation_of_work"].choices) == {
            "central",
            "local",
            "shared",
            "supplier",
        }
