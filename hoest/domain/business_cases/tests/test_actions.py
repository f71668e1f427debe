"""Drafts, approval and adopted versions: the promise stays, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import BusinessCase, CaseVersion
from hoest.domain.business_cases.rules import (
    CaseHasNoLines,
    LineExists,
    LineInput,
    LineIsNotWhole,
    PriceLevelNotSensible,
    ReasonMissing,
    VersionIsFinal,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import Conflict, NotAllowed, NotFound
from hoest.foundation.provenance.actions import entered_by
from tests.support.guided import has_effect
from tests.support.world import THERE, organisation_id

LINE = LineInput(key="Færre breve", kind="benefit", amounts={2026: Decimal(100)})


@pytest.fixture
def fresh(here: int) -> Initiative:
    """An initiative without a business case."""
    return Initiative.objects.get(organisation_id=here, title__startswith="Robotter")


@pytest.fixture
def training(here: int) -> Initiative:
    """An initiative with an original promise and a later version."""
    return Initiative.objects.get(organisation_id=here, title__startswith="Digital")


def _approved(actor: Actor, initiative: Initiative, *lines: LineInput) -> CaseVersion:
    draft = actions.start_draft(actor=actor, initiative_id=initiative.pk, price_level=2026)
    for line in lines or (LINE,):
        draft.refresh_from_db()
        actions.set_line(actor=actor, version_id=draft.pk, version=draft.version, line=line)
    draft.refresh_from_db()
    has_effect(draft)
    return actions.approve(actor=actor, version_id=draft.pk, version=draft.version, reason="Nyt")


def _adopt(actor: Actor, initiative: Initiative, lines: list[LineInput], **changes: Any) -> Any:
    return actions.adopt_version(
        actor=actor,
        initiative=initiative,
        **{
            "price_level": 2026,
            "lines": lines,
            "source": entered_by(actor, "Kataloget"),
            "source_place": "Økonomi",
            "reason": "Indlæst",
            "approved_by_name": "Byrådet",
            "approved_on": None,
            "import_id": 7,
            **changes,
        },
    )


def test_the_first_approved_version_is_the_original_for_ever(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    _approved(controller, fresh)
    _approved(controller, fresh, LineInput("Færre breve 2", "benefit", amounts={2026: Decimal(5)}))
    promised = [
        x for x in queries.promised_lines(fresh.organisation_id) if x.initiative_id == fresh.pk
    ]
    latest = [
        x for x in queries.approved_lines(fresh.organisation_id) if x.initiative_id == fresh.pk
    ]
    assert [(x.line_key, x.number) for x in promised] == [("Færre breve", 1)]
    assert [(x.line_key, x.number) for x in latest] == [("Færre breve", 2), ("Færre breve 2", 2)]
    states = CaseVersion.objects.filter(case__initiative=fresh).order_by("number")
    assert [v.state for v in states] == ["superseded", "approved"]


def test_a_new_draft_is_a_copy_that_keeps_the_sources(
    actor: Callable[[str], Actor], training: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=training.pk)
    latest = queries.case_of(controller, training.pk).latest
    assert latest is not None
    copied, former = queries.figures_of(draft), queries.figures_of(latest)
    assert [(x.line_key, x.amounts, x.source_id, x.low_share) for x in copied] == [
        (x.line_key, x.amounts, x.source_id, x.low_share) for x in former
    ]
    again = actions.start_draft(actor=controller, initiative_id=training.pk)
    assert again.pk == draft.pk


def test_a_version_without_lines_is_not_approved(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    with pytest.raises(CaseHasNoLines):
        actions.approve(actor=controller, version_id=draft.pk, version=draft.version)


def test_a_later_version_says_why_and_the_first_need_not(
    actor: Callable[[str], Actor], training: Initiative, fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = has_effect(actions.start_draft(actor=controller, initiative_id=training.pk))
    with pytest.raises(ReasonMissing):
        actions.approve(actor=controller, version_id=draft.pk, version=draft.version, reason=" ")
    first = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    actions.set_line(actor=controller, version_id=first.pk, version=1, line=LINE)
    has_effect(first)
    done = actions.approve(actor=controller, version_id=first.pk, version=2)
    assert (done.approved_by_name, done.number) == (controller.name, 1)


def test_an_approved_version_takes_no_new_line(
    actor: Callable[[str], Actor], training: Initiative
) -> None:
    controller = actor("controller")
    latest = queries.case_of(controller, training.pk).latest
    assert latest is not None
    with pytest.raises(VersionIsFinal):
        actions.set_line(actor=controller, version_id=latest.pk, version=latest.version, line=LINE)
    with pytest.raises(VersionIsFinal):
        actions.discard_draft(actor=controller, version_id=latest.pk, version=latest.version)
    with pytest.raises(VersionIsFinal):
        actions.approve(actor=controller, version_id=latest.pk, version=latest.version)


def test_a_draft_somebody_changed_meanwhile_is_not_overwritten(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    actions.set_line(actor=controller, version_id=draft.pk, version=1, line=LINE)
    with pytest.raises(Conflict):
        actions.set_line(actor=controller, version_id=draft.pk, version=1, line=LINE)
    with pytest.raises(Conflict):
        actions.approve(actor=controller, version_id=draft.pk, version=1)


def test_a_line_can_be_renamed_and_removed_but_not_doubled(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    line = actions.set_line(actor=controller, version_id=draft.pk, version=1, line=LINE)
    with pytest.raises(LineExists):
        actions.set_line(actor=controller, version_id=draft.pk, version=2, line=LINE)
    renamed = actions.set_line(
        actor=controller,
        version_id=draft.pk,
        version=2,
        line_id=line.pk,
        line=LineInput("Porto", "benefit", amounts={2027: Decimal("1.005")}),
    )
    draft.refresh_from_db()
    assert [(x.line_key, x.amounts) for x in queries.figures_of(draft)] == [
        ("Porto", {2027: Decimal("1.01")})
    ]
    actions.remove_line(actor=controller, version_id=draft.pk, version=3, line_id=renamed.pk)
    assert queries.figures_of(draft) == []


@pytest.mark.parametrize(
    "line",
    [
        LineInput("", "benefit", amounts={2026: Decimal(1)}),
        LineInput("x" * 201, "benefit", amounts={2026: Decimal(1)}),
        LineInput("Tom", "benefit"),
        LineInput("Før tiden", "benefit", amounts={1850: Decimal(1)}),
        LineInput("Negativ", "benefit", amounts={2026: Decimal(-1)}),
        LineInput("Uendelig", "benefit", amounts={2026: Decimal(10) ** 13}),
        LineInput("Spænd", "benefit", amounts={2026: Decimal(1)}, low_share=Decimal("1.1")),
        LineInput("Spænd", "benefit", amounts={2026: Decimal(1)}, high_share=Decimal("0.9")),
    ],
    ids=lambda line: line.key[:10] or "without name",
)
def test_a_line_that_cannot_be_is_refused_in_words(
    actor: Callable[[str], Actor], fresh: Initiative, line: LineInput
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    with pytest.raises(LineIsNotWhole) as refused:
        actions.set_line(actor=controller, version_id=draft.pk, version=1, line=line)
    assert str(refused.value).endswith(".")
    with pytest.raises(PriceLevelNotSensible):
        actions.set_price_level(actor=controller, version_id=draft.pk, version=1, price_level=26)


def test_a_discarded_first_draft_leaves_no_case_behind(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    actions.set_line(actor=controller, version_id=draft.pk, version=1, line=LINE)
    actions.discard_draft(actor=controller, version_id=draft.pk, version=2)
    assert not BusinessCase.objects.filter(initiative=fresh).exists()
    assert Act.objects.filter(verb="business_cases.discard_draft").count() == 1


def test_adopting_the_same_lines_again_makes_nothing(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    other = LineInput(
        "Drift", "operation", amounts={2026: Decimal("5.0000")}, low_share=Decimal("0.9")
    )
    first, made = _adopt(controller, fresh, [LINE, other])
    assert made
    assert (first.state, first.number, first.approved_by_name) == ("approved", 1, "Byrådet")
    shuffled = [
        LineInput("Drift", "operation", amounts={2026: Decimal(5)}, low_share=Decimal("0.90")),
        LineInput("Færre breve", "benefit", amounts={2026: Decimal("100.00")}, source_place="x"),
    ]
    assert _adopt(controller, fresh, shuffled) == (first, False)
    second, made = _adopt(controller, fresh, [LINE])
    assert made
    assert second.number == 2
    assert _adopt(controller, fresh, [LINE], price_level=2027)[1]


def test_adopting_goes_past_the_draft_somebody_writes(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    controller = actor("controller")
    draft = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    actions.set_line(actor=controller, version_id=draft.pk, version=1, line=LINE)
    has_effect(draft)
    adopted, _made = _adopt(controller, fresh, [LINE])
    draft.refresh_from_db()
    assert (adopted.number, draft.number, draft.state) == (1, 2, "draft")
    actions.approve(actor=controller, version_id=draft.pk, version=2, reason="Rettet")
    assert [v.number for v in queries.case_of(controller, fresh.pk).versions] == [1, 2]


def test_a_role_without_the_right_is_refused(
    actor: Callable[[str], Actor], fresh: Initiative
) -> None:
    draft = actions.start_draft(actor=actor("controller"), initiative_id=fresh.pk)
    for role in ("politician", "security_officer"):
        with pytest.raises(NotAllowed):
            actions.start_draft(actor=actor(role), initiative_id=fresh.pk)
    with pytest.raises(NotAllowed):
        actions.approve(actor=actor("portfolio_manager"), version_id=draft.pk, version=1)
    with pytest.raises(NotAllowed):
        _adopt(actor("executive"), fresh, [LINE])


def test_the_neighbours_case_is_not_found(actor: Callable[[str], Actor], here: int) -> None:
    from hoest.foundation.tenancy.context import acting_for

    with acting_for(organisation_id(THERE)):
        theirs = CaseVersion.objects.order_by("pk").first()
        assert theirs is not None
        initiative_id = theirs.case.initiative_id
    with pytest.raises(NotFound):
        queries.version_of(actor("controller"), theirs.pk)
    with pytest.raises(NotFound):
        actions.start_draft(actor=actor("controller"), initiative_id=initiative_id)
    assert all(x.initiative_id != initiative_id for x in queries.approved_lines(here))
