"""The database itself refuses to change what was approved, whatever the program says."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.business_cases.models import BusinessCase, CaseLine, CaseVersion, LineAmount
from hoest.domain.portfolio.models import Initiative

VERSION = "business_cases_caseversion"
LINE = "business_cases_caseline"
AMOUNT = "business_cases_lineamount"


def _ids(here: int, state: str) -> dict[str, int]:
    version = CaseVersion.objects.get(organisation_id=here, state=state)
    line = CaseLine.objects.filter(case_version=version).order_by("pk")[0]
    amount = LineAmount.objects.filter(line=line).order_by("pk")[0]
    return {"v": version.pk, "l": line.pk, "a": amount.pk, "o": here}


def _refused(statement: str, ids: dict[str, int]) -> bool:
    """Run plain SQL as the role the product runs as; tell whether the database refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, ids)
            cursor.execute("set constraints all immediate")
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("state", ["approved", "superseded"])
@pytest.mark.parametrize(
    "statement",
    [
        f"update {VERSION} set price_level = 2030 where id = %(v)s",
        f"update {VERSION} set number = 9 where id = %(v)s",
        f"update {VERSION} set approved_by_name = 'En anden' where id = %(v)s",
        f"update {VERSION} set approved_on = '2020-01-01' where id = %(v)s",
        f"update {VERSION} set reason = 'Ny grund' where id = %(v)s",
        f"update {VERSION} set state = 'draft' where id = %(v)s",
        f"delete from {VERSION} where id = %(v)s",
        f"update {LINE} set key = 'Andet' where id = %(l)s",
        f"update {LINE} set kind = 'operation' where id = %(l)s",
        f"update {LINE} set duration = 'one_off', low_share = 0.1 where id = %(l)s",
        f"delete from {LINE} where id = %(l)s",
        f"insert into {LINE} (organisation_id, case_version_id, key, kind, measure, steering_area,"
        " duration, position, source_place, basis)"
        " values (%(o)s, %(v)s, 'Ny', 'benefit', 'dkk', '', 'one_off', 9, '', '')",
        f"update {AMOUNT} set amount = 1 where id = %(a)s",
        f"update {AMOUNT} set year = 2040 where id = %(a)s",
        f"delete from {AMOUNT} where id = %(a)s",
        f"insert into {AMOUNT} (organisation_id, line_id, case_version_id, year, amount)"
        " values (%(o)s, %(l)s, %(v)s, 2044, 5)",
    ],
)
def test_plain_sql_cannot_change_an_approved_version(here: int, state: str, statement: str) -> None:
    assert _refused(statement, _ids(here, state))


def test_the_refusals_are_of_approved_figures_and_not_of_everything(here: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone()[0] == "hoest_app"
    ids = _ids(here, "approved")
    copy = CaseVersion.objects.get(pk=ids["v"])
    draft = CaseVersion.objects.create(
        organisation_id=here,
        case=copy.case,
        number=77,
        price_level=2026,
        created_at=copy.created_at,
    )
    assert not _refused(
        f"update {VERSION} set price_level = 2030 where id = %(v)s", {"v": draft.pk}
    )
    assert not _refused(f"delete from {VERSION} where id = %(v)s", {"v": draft.pk})


def test_a_superseded_version_does_not_come_back(here: int) -> None:
    ids = _ids(here, "superseded")
    assert _refused(f"update {VERSION} set state = 'approved' where id = %(v)s", ids)


def test_a_line_cannot_be_smuggled_from_a_draft_into_a_promise(here: int) -> None:
    ids = _ids(here, "approved")
    approved = CaseVersion.objects.get(pk=ids["v"])
    draft = CaseVersion.objects.create(
        organisation_id=here,
        case=approved.case,
        number=78,
        price_level=2026,
        created_at=approved.created_at,
    )
    line = CaseLine.objects.create(
        organisation_id=here, case_version=draft, key="Løs", kind="benefit"
    )
    moved = f"update {LINE} set case_version_id = %(v)s where id = %(l)s"
    assert _refused(moved, {**ids, "l": line.pk})
    amount = LineAmount.objects.create(
        organisation_id=here, line=line, case_version=draft, year=2031, amount=1
    )
    other = {**ids, "a": amount.pk, "d": draft.pk}
    assert _refused(f"update {AMOUNT} set line_id = %(l)s where id = %(a)s", other)
    assert _refused(
        f"insert into {AMOUNT} (organisation_id, line_id, case_version_id, year, amount)"
        " values (%(o)s, %(l)s, %(d)s, 2044, 5)",
        other,
    )


def test_plain_sql_cannot_move_a_promise_to_another_initiative(here: int) -> None:
    case = BusinessCase.objects.filter(organisation_id=here).order_by("pk")[0]
    without = Initiative.objects.filter(organisation_id=here).exclude(
        pk__in=BusinessCase.objects.filter(organisation_id=here).values("initiative_id")
    )
    move = "update business_cases_businesscase set initiative_id = %(i)s where id = %(c)s"
    assert _refused(move, {"c": case.pk, "i": without[0].pk})
    assert not _refused(move, {"c": case.pk, "i": case.initiative_id})
