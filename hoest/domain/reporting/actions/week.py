"""Writes of Min uge: put something aside until a day, pass it on, take it back, answer.

Putting aside is the person's own order of her week and no act of the municipality; passing on is,
so it stands in the log.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries as benefits
from hoest.domain.organisations.queries import actor_of, people_of
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.models import PassedOn, SetAside
from hoest.domain.reporting.queries.week import item_of, me_of, passable_of, passed_on_to
from hoest.domain.reporting.rules.week import OF_BENEFIT, WeekItem
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault, NotFound
from hoest.ui.formats import long_date

LONGEST_SNOOZE = dt.timedelta(days=366)


class NotADayAhead(Fault):
    """Something was put aside until a day that is not ahead, or too far ahead."""


class CannotTakeIt(Fault):
    """The person cannot see what was to be passed on to her, or is the one who passes it on."""


class NothingToTakeBack(Fault):
    """What was to be taken back or answered is not passed on any longer."""


@transaction.atomic
def set_aside(*, actor: Actor, need: str, subject_id: int, until: dt.date) -> SetAside:
    """Hide a thing from the actor's week until a day; then it comes back by itself.

    Raises NotADayAhead unless the day is after today and within a year.
    """
    item = item_of(actor, need, subject_id)
    today = clock.today()
    if not today < until <= today + LONGEST_SNOOZE:
        raise NotADayAhead(
            _("%(day)s kan ikke bruges. Vælg en dag fra i morgen og højst et år frem.")
            % {"day": long_date(until).capitalize()}
        )
    kept, _made = SetAside.objects.update_or_create(
        organisation_id=actor.organisation_id,
        person_id=me_of(actor),
        need=item.key[0],
        subject_id=item.key[1],
        defaults={"until": until, "set_at": clock.now()},
    )
    return kept


@transaction.atomic
def take_up(*, actor: Actor, need: str, subject_id: int) -> None:
    """Bring a thing that was put aside back at once. Raises NotFound for what is not hers."""
    gone, _kinds = SetAside.objects.filter(
        organisation_id=actor.organisation_id,
        person_id=me_of(actor),
        need=need,
        subject_id=subject_id,
    ).delete()
    if not gone:
        item_of(actor, need, subject_id)


@transaction.atomic
def pass_on(
    *, actor: Actor, need: str, subject_id: int, to_person_id: int, note: str = ""
) -> PassedOn:
    """Ask somebody else to take care of a thing; it leaves the actor's week for hers.

    What was passed on to the actor is handed on, so that the first sender still sees where it is;
    back to the first sender it is an answer. Raises CannotTakeIt, NotFound.
    """
    _one_at_a_time(actor)
    item = passable_of(actor, need, subject_id)
    person = people_of(actor).select_related("organisation").filter(pk=to_person_id).first()
    if person is None:
        raise NotFound("Personen findes ikke.")
    if person.pk == actor.person_id:
        raise CannotTakeIt(_("Du kan ikke sende den til dig selv. Vælg en anden."))
    if not _sees(actor_of(person), item):
        raise CannotTakeIt(
            _("%(name)s kan ikke se »%(title)s« og kan derfor ikke tage sig af den.")
            % {"name": person.name, "title": item.state.title}
        )
    said = " ".join(note.split())[:300]
    came = passed_on_to(actor, item)
    handed = [_handed_on(one, person, said) for one in came]
    passed = handed[0] if handed else _passed(actor, item, person, said)
    record(
        actor,
        "reporting.pass_on",
        passed,
        need=item.need.value,
        about=item.state.title,
        to=person,
        note=said,
    )
    return passed


def _one_at_a_time(actor: Actor) -> None:
    """Let two taps on the same button be two acts after each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('reporting.pass_on'), %s)",
            [actor.organisation_id],
        )


def _handed_on(passed: PassedOn, person: Any, note: str) -> PassedOn:
    """Hand on what came from somebody else; back to that one it ends with an answer."""
    if passed.from_person_id == person.pk:
        _end(passed, note or _("Sendt tilbage uden ord."))
        return passed
    passed.to_person, passed.to_name = person, person.name[:160]
    passed.note = note or passed.note
    passed.save(update_fields=["to_person", "to_name", "note"])
    return passed


def _passed(actor: Actor, item: WeekItem, person: Any, note: str) -> PassedOn:
    _end_former(actor, item)
    return PassedOn.objects.create(
        organisation_id=actor.organisation_id,
        need=item.need.value,
        subject_id=item.subject_id,
        occurrence=item.occurrence,
        from_person_id=me_of(actor),
        from_name=actor.name[:160],
        to_person=person,
        to_name=person.name[:160],
        note=note,
        passed_at=clock.now(),
    )


@transaction.atomic
def take_back(*, actor: Actor, passed_id: int) -> PassedOn:
    """Take back what the actor passed on; it stands in her own week again."""
    passed = _standing(actor, passed_id)
    if passed.from_person_id != actor.person_id:
        raise NotFound("Det er ikke dig, der har sendt den videre.")
    _end(passed, "")
    record(actor, "reporting.take_back", passed, need=passed.need, to=passed.to_person)
    return passed


@transaction.atomic
def send_back(*, actor: Actor, passed_id: int, answer: str) -> PassedOn:
    """Answer the one who passed it on, in words; the thing goes back to her week."""
    passed = _standing(actor, passed_id)
    if passed.to_person_id != actor.person_id:
        raise NotFound("Det er ikke dig, den er sendt til.")
    said = " ".join(answer.split())[:300]
    if not said:
        raise NothingToTakeBack(_("Skriv et kort svar, så den anden ved hvorfor."))
    _end(passed, said)
    record(
        actor,
        "reporting.send_back",
        passed,
        need=passed.need,
        to=passed.from_person,
        answer=said,
    )
    return passed


def _sees(reader: Actor, item: WeekItem) -> bool:
    if item.need in OF_BENEFIT:
        return benefits.visible_to(reader).filter(pk=item.subject_id).exists()
    return portfolio.visible_to(reader).filter(pk=item.subject_id).exists()


def _standing(actor: Actor, passed_id: int) -> PassedOn:
    found = (
        PassedOn.objects.select_for_update(of=("self",))
        .select_related("to_person", "from_person")
        .filter(organisation_id=actor.organisation_id, pk=passed_id)
        .first()
    )
    if found is None or actor.person_id not in (found.from_person_id, found.to_person_id):
        raise NotFound("Det findes ikke.")
    if found.ended_at is not None:
        raise NothingToTakeBack(_("Den er allerede sendt tilbage."))
    return found


def _end(passed: PassedOn, answer: str) -> None:
    passed.ended_at = clock.now()
    passed.answer = answer
    passed.save(update_fields=["ended_at", "answer"])


def _end_former(actor: Actor, item: WeekItem) -> None:
    """End what the actor passed on of the same thing before, also of an earlier time."""
    PassedOn.objects.filter(
        organisation_id=actor.organisation_id,
        from_person_id=me_of(actor),
        need=item.need.value,
        subject_id=item.subject_id,
        ended_at__isnull=True,
    ).update(ended_at=clock.now())
