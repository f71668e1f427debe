"""Mark the benefits whose kept figures may be wrong, in the transaction that makes them so."""

from django.db import migrations

OF_BENEFIT = "select c.organisation_id, c.benefit_id from {changed} c"
OF_INITIATIVE = """
  select b.organisation_id, b.id from benefits_benefit b
    join {changed} c on c.organisation_id = b.organisation_id and c.id = b.initiative_id"""
# A line counts for the benefit that named it first, so one benefit moves the others of its
# initiative.
OF_SIBLINGS = """
  select b.organisation_id, b.id from benefits_benefit b
    join {changed} c on c.organisation_id = b.organisation_id
     and c.initiative_id = b.initiative_id
  union select c.organisation_id, c.id from {changed} c"""
OF_CASE = """
  select b.organisation_id, b.id from benefits_benefit b
    join business_cases_businesscase k
      on k.organisation_id = b.organisation_id and k.initiative_id = b.initiative_id
    join {changed} c on c.organisation_id = k.organisation_id and c.case_id = k.id"""
OF_UNIT = """
  select b.organisation_id, b.id from benefits_benefit b
    join portfolio_initiative i on i.id = b.initiative_id
    join {changed} c on c.organisation_id = b.organisation_id
     and c.id in (b.unit_id, i.unit_id)"""
OF_BODY = """
  select b.organisation_id, b.id from benefits_benefit b
    join portfolio_initiative i on i.id = b.initiative_id
    join {changed} c on c.organisation_id = b.organisation_id and c.id = i.body_id"""
OF_PERSON = """
  select b.organisation_id, b.id from benefits_benefit b
    join {changed} c on c.organisation_id = b.organisation_id and c.id = b.owner_id
    join former f on f.id = c.id and f.unit_id is distinct from c.unit_id"""

WATCHED = {
    "benefits_benefit": (OF_SIBLINGS, ("insert", "update", "delete")),
    "benefits_measurement": (OF_BENEFIT, ("insert", "update", "delete")),
    "benefits_harvestdecision": (OF_BENEFIT, ("insert", "update", "delete")),
    "benefits_levelconfirmation": (OF_BENEFIT, ("insert", "update", "delete")),
    "portfolio_initiative": (OF_INITIATIVE, ("update",)),
    "business_cases_caseversion": (OF_CASE, ("insert", "update", "delete")),
    "organisations_unit": (OF_UNIT, ("update",)),
    "organisations_body": (OF_BODY, ("update",)),
    "organisations_person": (OF_PERSON, ("update",)),
}
TABLES = {
    "insert": "new table as changed",
    "update": "old table as former new table as changed",
    "delete": "old table as changed",
}


def statements(table, marked, events):
    """Yield the function and the triggers of one table."""
    function = f"hoest_mark_{table}"
    before = ""
    if "update" in events and marked is not OF_PERSON:
        former = marked.format(changed="former")
        before = f"""
        if tg_op = 'UPDATE' then
          insert into public.reporting_stalebenefit (organisation_id, benefit_id)
            select distinct * from ({former}) m;
        end if;"""
    yield f"""
      create or replace function {function}() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $mark$
      begin
        if coalesce(current_setting('hoest.removing_demo', true), '') <> '' then
          return null;
        end if;{before}
        insert into public.reporting_stalebenefit (organisation_id, benefit_id)
          select distinct * from ({marked.format(changed="changed")}) m;
        return null;
      end $mark$"""
    for event in events:
        yield f"""
          create trigger {function}_{event} after {event} on {table}
            referencing {TABLES[event]}
            for each statement execute function {function}()"""


def back(table, events):
    """Yield what takes the triggers and the function away."""
    for event in events:
        yield f"drop trigger if exists hoest_mark_{table}_{event} on {table}"
    yield f"drop function if exists hoest_mark_{table}()"


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0003_what_was_recorded_stays"),
        ("business_cases", "0008_price_index"),
        ("organisations", "0003_municipality_stays"),
        ("portfolio", "0001_initial"),
        ("reporting", "0004_kept_figures"),
    ]

    operations = [
        *(
            migrations.RunSQL(list(statements(table, *how)), list(back(table, how[1])))
            for table, how in WATCHED.items()
        ),
        migrations.RunSQL(
            "insert into reporting_stalebenefit (organisation_id, benefit_id)"
            " select organisation_id, id from benefits_benefit",
            migrations.RunSQL.noop,
        ),
    ]
