"""Writing ranges, risks and grounds of a draft, and how they follow a version for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules import (
    Ground,
    GroundIsNotWhole,
    LineInput,
    LineIsNotWhole,
    MitigationUnknown,
    PoolIsFull,
    RangeInput,
    RiskExists,
    RiskInput,
    VersionIsFinal,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import Conflict, NotAllowed, NotFound
from hoest.foundation.provenance.actions import entered_by
from tests.support.guided import has_effect
from tests.support.world import THERE, organisation_id

COST = LineInput(key="Ekstra test", kind="investment", amounts={2026: Decimal(250_000)})
BANKRUPT = RiskInput(
    title="Leverandøren går  konkurs ",
    probability=Decimal("0.15"),
    low_dkk=Decimal(400_000),
    likely_dkk=Decimal(900_000),
    high_dkk=Decimal(2_000_000),
    probability_because="Regnskabet for 2025 viser underskud",
    if_it_happens="Vi skal finde en ny og flytte data",
    mitigation_key="Ekstra test",
)
DOWN = Ground("continuity", 4, 1, "Serveren støttes ikke efter juni")


@pytest.fixture
def draft(here: int, actor: Callable[[str], Actor]) -> CaseVersion:
    """A draft with one cost, written by the controller."""
    initiative = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
    made = actions.start_draft(
        actor=actor("controller"), initiative_id=initiative.pk, price_level=2026
    )
    actions.set_line(actor=actor("controller"), version_id=made.pk, version=1, line=COST)
    made.refresh_from_db()
    return made


def _set(who: Actor, draft: CaseVersion, risk: RiskInput, risk_id: int | None = None) -> int:
    draft.refresh_from_db()
    made = actions.set_risk(
        actor=who, version_id=draft.pk, version=draft.version, risk=risk, risk_id=risk_id
    )
    draft.refresh_from_db()
    return made.pk


def _approve(who: Actor, draft: CaseVersion) -> CaseVersion:
    draft.refresh_from_db()
    has_effect(draft)
    return actions.approve(actor=who, version_id=draft.pk, version=draft.version, reason="Nyt skøn")


def test_a_risk_is_written_changed_and_taken_out(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("portfolio_manager")
    pk = _set(who, draft, BANKRUPT)
    (kept,) = queries.risks_of(draft)
    assert kept.title == "Leverandøren går konkurs"
    assert (kept.probability, kept.likely_dkk) == (Decimal("0.1500"), 900_000)
    assert kept.written_by_name == who.name
    act = Act.objects.filter(verb="business_cases.set_risk").latest("pk")
    assert act.facts["risk"] == "Leverandøren går konkurs"
    _set(who, draft, replace(BANKRUPT, probability=Decimal("0.3")), pk)
    assert [one.probability for one in queries.risks_of(draft)] == [Decimal("0.3000")]
    actions.remove_risk(actor=who, version_id=draft.pk, version=draft.version, risk_id=pk)
    assert queries.risks_of(draft) == []
    draft.refresh_from_db()
    again = draft.version
    actions.remove_risk(actor=who, version_id=draft.pk, version=again, risk_id=pk)
    draft.refresh_from_db()
    assert draft.version == again


def test_two_risks_have_two_names_and_twelve_are_enough(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")
    for place in range(12):
        _set(who, draft, replace(BANKRUPT, title=f"Risiko {place}"))
    with pytest.raises(PoolIsFull):
        _set(who, draft, BANKRUPT)
    first, second = queries.risks_of(draft)[:2]
    with pytest.raises(RiskExists):
        _set(who, draft, replace(BANKRUPT, title=first.title), second.risk_id)
    with pytest.raises(MitigationUnknown):
        _set(who, draft, replace(BANKRUPT, title="X", mitigation_key="Vikarer"), second.risk_id)
    assert len(queries.risks_of(draft)) == 12


def test_ranges_of_several_lines_are_written_at_once_with_their_basis(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")
    (line,) = queries.figures_of(draft)
    third = Decimal(300_000) / Decimal(250_000)
    wanted = RangeInput(line.line_id, Decimal("0.8"), third, "Tilbud af 3. maj, side 4")
    actions.set_ranges(actor=who, version_id=draft.pk, version=draft.version, ranges=[wanted])
    (now,) = queries.figures_of(draft)
    assert (now.low_share, now.high_share, now.basis) == (Decimal("0.8"), third, wanted.basis)
    draft.refresh_from_db()
    version = draft.version
    actions.set_ranges(actor=who, version_id=draft.pk, version=version, ranges=[wanted])
    draft.refresh_from_db()
    assert draft.version == version
    with pytest.raises(LineIsNotWhole):
        actions.set_ranges(
            actor=who,
            version_id=draft.pk,
            version=version,
            ranges=[RangeInput(line.line_id, Decimal("1.2"), Decimal("1.3"))],
        )
    with pytest.raises(NotFound):
        actions.set_ranges(
            actor=who, version_id=draft.pk, version=version, ranges=[RangeInput(0, None, None)]
        )


def test_a_ground_is_written_once_per_aspect_and_emptied_with_no_words(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")

    def write(ground: Ground) -> None:
        draft.refresh_from_db()
        actions.set_ground(actor=who, version_id=draft.pk, version=draft.version, ground=ground)

    write(DOWN)
    write(replace(DOWN, after_level=2))
    write(Ground("duty", None, None, "NIS 2-loven § 6"))
    found = queries.grounds_of(draft)
    assert found["continuity"].after_level == 2
    assert found["continuity"].improves
    assert found["duty"].said == "NIS 2-loven § 6"
    for wrong in (replace(DOWN, now_level=None), replace(DOWN, after_level=5)):
        with pytest.raises(GroundIsNotWhole):
            write(wrong)
    with pytest.raises(GroundIsNotWhole):
        write(Ground("duty", 2, 1, "Loven"))
    with pytest.raises(GroundIsNotWhole):
        write(Ground("price", 2, 1, "Billigt"))
    write(replace(DOWN, said=" "))
    assert set(queries.grounds_of(draft)) == {"duty"}


def test_the_next_draft_begins_with_the_risks_and_the_ground(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")
    _set(who, draft, BANKRUPT)
    actions.set_ground(actor=who, version_id=draft.pk, version=draft.version, ground=DOWN)
    done = _approve(who, draft)
    later = actions.start_draft(actor=who, initiative_id=done.case.initiative_id)
    assert [one.title for one in queries.risks_of(later)] == ["Leverandøren går konkurs"]
    assert queries.grounds_of(later)["continuity"].said == DOWN.said
    (copied,) = queries.risks_of(later)
    actions.remove_risk(
        actor=who, version_id=later.pk, version=later.version, risk_id=copied.risk_id
    )
    assert len(queries.risks_of(done)) == 1
    with pytest.raises(VersionIsFinal):
        _set(who, done, replace(BANKRUPT, title="For sent"))


def test_a_version_from_a_file_keeps_the_risks_that_are_known(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")
    _set(who, draft, BANKRUPT)
    _approve(who, draft)
    adopted, made = actions.adopt_version(
        actor=who,
        initiative=draft.case.initiative,
        price_level=2026,
        lines=[replace(COST, amounts={2026: Decimal(300_000)})],
        source=entered_by(who, "Kataloget"),
        source_place="Økonomi",
        reason="Indlæst",
        approved_by_name="Byrådet",
        approved_on=None,
        import_id=7,
    )
    assert made
    assert [one.title for one in queries.risks_of(adopted)] == ["Leverandøren går konkurs"]


@pytest.mark.parametrize(
    "statement",
    [
        "update business_cases_caserisk set probability = 0.01 where id = %(r)s",
        "delete from business_cases_caserisk where id = %(r)s",
        "insert into business_cases_caserisk (organisation_id, case_version_id, title,"
        " if_it_happens, probability, probability_because, low_dkk, likely_dkk, high_dkk,"
        " mitigation_key, position, written_by_name, written_at) values"
        " (%(o)s, %(v)s, 'Ny', '', 0.5, '', 1, 1, 1, '', 9, '', now())",
        "update business_cases_caseground set said = 'Andet' where case_version_id = %(v)s",
        "delete from business_cases_caseground where case_version_id = %(v)s",
    ],
)
def test_plain_sql_cannot_change_the_risks_of_an_approved_version(
    statement: str, here: int, draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    who = actor("controller")
    pk = _set(who, draft, BANKRUPT)
    actions.set_ground(actor=who, version_id=draft.pk, version=draft.version, ground=DOWN)
    ids = {"r": pk, "v": draft.pk, "o": here}
    savepoint = transaction.savepoint()
    with connection.cursor() as cursor:  # while it is a draft the same may be done
        cursor.execute(statement, ids)
    transaction.savepoint_rollback(savepoint)
    _approve(who, draft)
    with (
        pytest.raises(DatabaseError, match="final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, ids)


def test_who_may_not_write_a_case_may_not_write_its_risks(
    draft: CaseVersion, actor: Callable[[str], Actor]
) -> None:
    with pytest.raises(NotAllowed):
        _set(actor("politician"), draft, BANKRUPT)
    with pytest.raises(Conflict):
        actions.set_risk(actor=actor("controller"), version_id=draft.pk, version=1, risk=BANKRUPT)
    assert queries.risks_of(draft) == []
    assert organisation_id(THERE) != draft.organisation_id
