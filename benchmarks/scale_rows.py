"""One large municipality, made by the database: a row of each table, copied with what differs.

Runs as the superuser without triggers, since 2 million rows with their history take an hour; what
the triggers would have marked is marked afterwards, as a migration does for what stands already.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from django.db import connection as of_django
from django.db import transaction

from benchmarks.portfolio import (
    BODIES,
    PURPOSES,
    TYPES,
    WORDS,
    Municipality,
    Size,
    _benefits,
    _cases,
    _initiatives,
    _people,
)
from hoest.domain.organisations.models import Organisation
from hoest.foundation import clock
from hoest.foundation.database import connection
from hoest.foundation.tenancy.context import acting_for

CODE = "S00"
HARVESTED = 4


@dataclass(frozen=True)
class Rows:
    """A connection that writes, and the municipality it writes for."""

    admin: Any
    organisation_id: int

    def copy(self, table: str, columns: dict[str, str], tables: str) -> int:
        """Insert a row for each row of `tables`: the template's columns, some of them changed.

        The template is the row of the municipality with the lowest id, and is called t.
        """
        names = [
            name
            for (name,) in self.admin.execute(
                "select column_name from information_schema.columns where table_schema = 'public'"
                " and table_name = %s and column_name <> 'id' order by ordinal_position",
                [table],
            ).fetchall()
        ]
        values = ", ".join(columns.get(name, f't."{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        template = (
            f"(select * from {table} where organisation_id = {self.organisation_id}"
            " order by id limit 1) t"
        )
        query = f"insert into {table} ({listed}) select {values} from {template}, {tables}"
        made: int = self.admin.execute(query).rowcount
        return made


def make_large(initiatives: int, benefits: int, months: int) -> Municipality:
    """Make the municipality, and mark all it has."""
    organisation = Organisation.objects.create(
        code=CODE, name="Prøvestad", municipality_name="Prøvestad"
    )
    made = Municipality(organisation.pk, {})
    with acting_for(organisation.pk), transaction.atomic():
        drawn, size = random.Random(7), Size(1, 1, 1, 1)
        _people(made, CODE)
        one = _initiatives(made, size, drawn)
        _cases(made, one, size, drawn)
        _benefits(made, one, size, drawn)
    database = str(of_django.settings_dict["NAME"])
    with connection.connect("superuser", database=database) as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        admin.execute("set local statement_timeout = 0")
        _fill(Rows(admin, organisation.pk), made, initiatives, benefits, months)
    return made


def _one_of(ids: list[int], number: str) -> str:
    return f"(array{ids}::bigint[])[1 + ({number}) % {len(ids)}]"


def _fill(rows: Rows, made: Municipality, initiatives: int, benefits: int, months: int) -> None:
    people, units = [p.pk for p in made.people], [u.pk for u in made.units]
    rows.copy(
        "portfolio_initiative",
        {
            "key": "'INIT-' || n",
            "title": f"(array{list(WORDS)})[1 + n % {len(WORDS)}] || ', forløb ' || n",
            "phase": "case when n % 10 < 6 then 'realisation' when n % 10 < 8 then 'execution'"
            " when n % 10 = 8 then 'analysis' else 'closed' end",
            "purpose_type": f"(array{list(PURPOSES)})[1 + n % {len(PURPOSES)}]",
            "unit_id": _one_of(units, "n"),
            "body_id": _one_of([b.pk for b in made.bodies], f"n / {len(BODIES)}"),
            "sponsor_id": _one_of(people, "n"),
            "lead_id": _one_of(people, "n + 3"),
            "live_on": "current_date - 200 - n % 900",
            "adoption_share": "0.5 + (n % 50) / 100.0",
            "old_way_closed_on": "case when n % 3 > 0 then current_date - 100 end",
        },
        f"generate_series(2, {initiatives}) n",
    )
    _fill_cases(rows, benefits)
    _fill_benefits(rows, people, benefits, months)


def _fill_cases(rows: Rows, benefits: int) -> None:
    own, year = rows.organisation_id, clock.today().year
    rows.copy(
        "business_cases_businesscase",
        {"initiative_id": "i.id"},
        f"portfolio_initiative i where i.organisation_id = {own} and i.key <> 'INIT-001'",
    )
    rows.copy(
        "business_cases_caseversion",
        {
            "case_id": "c.id",
            "number": "v",
            "state": "case when v = 1 then 'superseded' else 'approved' end",
            "price_level": f"case when c.id % 5 = 0 then {year} else {year - 2} end",
            "approved_on": "current_date - 1100 + 300 * v",
        },
        f"(select c.* from business_cases_businesscase c where c.organisation_id = {own}"
        f" and c.id <> (select min(id) from business_cases_businesscase"
        f" where organisation_id = {own})) c, generate_series(1, 2) v",
    )
    rows.copy(
        "business_cases_caseline",
        {
            "case_version_id": "v.id",
            "key": "'Gevinst ' || g",
            "kind": "'benefit'",
            "duration": "'recurring'",
            "measure": f"case when (array{list(TYPES)})[1 + (v.case_id * {benefits} + g) %"
            f" {len(TYPES)}] = 'freed_time' then 'hours' else 'dkk' end",
            "steering_area": "'service'",
            "low_share": "0.8",
            "high_share": "1.1",
            "position": "g",
        },
        f"(select v.* from business_cases_caseversion v where v.organisation_id = {own}"
        f" and v.case_id <> (select min(id) from business_cases_businesscase"
        f" where organisation_id = {own})) v, generate_series(1, {benefits}) g",
    )
    rows.copy(
        "business_cases_lineamount",
        {
            "line_id": "l.id",
            "case_version_id": "l.case_version_id",
            "year": f"{year - 2} + y",
            "amount": "(50000 + l.id % 850 * 1000) * (y + 2) / 3",
        },
        f"(select l.* from business_cases_caseline l where l.organisation_id = {own}"
        " and l.key like 'Gevinst %' and l.position > 0"
        f" and l.id > (select max(line_id) from business_cases_lineamount"
        f" where organisation_id = {own})) l, generate_series(0, 3) y",
    )


def _fill_benefits(rows: Rows, people: list[int], benefits: int, months: int) -> None:
    own = rows.organisation_id
    number = f"(i.id * {benefits} + g)"
    rows.copy(
        "benefits_benefit",
        {
            "initiative_id": "i.id",
            "key": "'GEV-' || i.id || '-' || g",
            "title": f"'Mindre tid og færre udgifter, gevinst ' || {number}",
            "benefit_type": f"(array{list(TYPES)})[1 + (c.id * {benefits} + g) % {len(TYPES)}]",
            "unit_id": f"case when {number} % 2 = 0 then i.unit_id end",
            "owner_id": f"case when {number} % 7 <> 3 then {_one_of(people, number)} end",
            "owner_accepted_on": f"case when {number} % 7 <> 3 then current_date - 700 end",
            "baseline_value": "1000",
            "baseline_on": "current_date - 1200",
            "target_value": "600",
            "target_on": f"current_date - 400 + ({number} % 700)::int",
            "frequency": "'month'",
            "line_key": "'Gevinst ' || g",
            "lapsed_on": f"case when {number} % 29 = 28 then current_date - 90 end",
            "lapse_reason": f"case when {number} % 29 = 28 then 'Opgaven faldt væk' else '' end",
        },
        f"(select i.* from portfolio_initiative i where i.organisation_id = {own}"
        f" and i.key <> 'INIT-001') i join business_cases_businesscase c"
        f" on c.initiative_id = i.id, generate_series(1, {benefits}) g",
    )
    rows.copy(
        "benefits_measurement",
        {
            "benefit_id": "b.id",
            "on": "(current_date - (m || ' months')::interval)::date",
            "value": "1000 - (b.id * 7 + m * 31) % 900",
            "by_agreed_method": "(b.id + m) % 11 <> 0",
            "withdrawn_at": "null",
            "withdrawn_reason": "''",
        },
        f"(select b.id from benefits_benefit b where b.organisation_id = {own}"
        f" and b.key <> 'GEV-001') b, generate_series(0, {months - 1}) m",
    )
    rows.copy(
        "benefits_harvestdecision",
        {
            "benefit_id": "b.id",
            "amount_dkk": "case when b.benefit_type <> 'freed_time' then 200000 end",
            "price_level": "case when b.benefit_type <> 'freed_time' then"
            " extract(year from current_date) end",
            "hours": "case when b.benefit_type = 'freed_time' then 400 end",
            "budget_place": "case when b.benefit_type <> 'freed_time' then 'Funktion 5.30'"
            " else '' end",
            "named_use": "case when b.benefit_type = 'freed_time' then 'To hold' else '' end",
        },
        f"(select * from benefits_benefit where organisation_id = {own}"
        f" and key <> 'GEV-001' and id % {HARVESTED} = 0) b",
    )
    rows.admin.execute(
        "insert into reporting_stalebenefit (organisation_id, benefit_id)"
        " select organisation_id, id from benefits_benefit where organisation_id = %s",
        [own],
    )


def note_moves(organisation_id: int) -> None:
    """Note that all stood half a year ago where they stand, but for a tenth that has moved."""
    database = str(of_django.settings_dict["NAME"])
    with connection.connect("superuser", database=database) as admin, admin.transaction():
        admin.execute(
            """
            insert into benefits_standingrecord (organisation_id, benefit_id, at, rung, because)
            select r.organisation_id, r.benefit_id, now() - s.age,
                   case when s.age > interval '90 days' and r.benefit_id %% 10 = 0 then 'owned'
                        else r.rung end, 'time'
            from reporting_figuresrow r,
                 (values (interval '180 days'), (interval '20 days')) s(age)
            where r.organisation_id = %s and (s.age > interval '90 days' or r.benefit_id %% 10 = 0)
            """,
            [organisation_id],
        )
        admin.execute("update reporting_figuresrow set noted_rung = rung")
