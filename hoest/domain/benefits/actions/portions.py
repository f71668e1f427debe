"""Filling the profile portion by portion, and asking the one who knows a portion.

Two people may fill two portions at once: a portion is refused only when that portion has changed
since it was read (`seen`, `rules.portions.fingerprint`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there, unit_id_of
from hoest.domain.benefits.actions.letters import ask_for_portion, settle_portion
from hoest.domain.benefits.actions.profile import write_changes
from hoest.domain.benefits.models import Benefit, Profile, ProfilePortion
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.queries import may_see, profile_values
from hoest.domain.benefits.rules.faults import (
    CannotSeeTheBenefit,
    PortionNotKnown,
    ProfileNotSensible,
)
from hoest.domain.benefits.rules.portions import OF_BENEFIT, Portion, fields_of, fingerprint
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import ChangedMeanwhile, Difference


@transaction.atomic
def fill_portion(
    *, actor: Actor, benefit_id: int, portion: str, seen: int | None, fields: dict[str, Any]
) -> Benefit:
    """Save some or all of a portion: by who may change benefits there, or who was asked for it.

    `seen` is the fingerprint of the portion as the person read it; None for a file or a demo.
    Raises ChangedMeanwhile, PortionNotKnown, ProfileNotSensible.
    """
    which = Portion(portion)
    benefit = held(actor, benefit_id)
    row = _portion(benefit, which)
    if not (row and row.asked_id is not None and row.asked_id == actor.person_id):
        require_there(actor, CHANGE_BENEFITS, benefit)
    refuse_lapsed(benefit)
    unknown = set(fields) - set(fields_of(which))
    if unknown:
        raise PortionNotKnown(f"not fields of {which}: {sorted(unknown)}")
    profile = Profile.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit
    ).first() or Profile(organisation_id=actor.organisation_id, benefit=benefit)
    values = profile_values(benefit, profile)
    before = {name: values[name] for name in fields_of(which)}
    changes = {name: value for name, value in fields.items() if value != before[name]}
    if seen is not None and seen != fingerprint(before):
        apart = [Difference(name, value, before[name]) for name, value in changes.items()]
        raise ChangedMeanwhile(benefit, apart)
    _check(values, changes)
    own = {name: value for name, value in changes.items() if name in OF_BENEFIT[which]}
    if own:
        write_changes(actor, benefit, own)
    rest = {name: value for name, value in changes.items() if name not in own}
    if rest:
        _write(profile, rest)
        record(
            actor,
            "benefits.fill_portion",
            benefit,
            portion=content.label("profile_portion", which.value, "da"),
            before={name: before[name] for name in rest},
            after=rest,
        )
    _answered(benefit, row, which, actor)
    if row is None or row.asked is None:
        settle_portion(actor, benefit, which)
    return benefit


def _write(profile: Profile, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(profile, name, value)
    if profile.pk is not None:
        profile.version += 1
    profile.save()


def _answered(benefit: Benefit, row: ProfilePortion | None, which: Portion, actor: Actor) -> None:
    """Note who saved the portion; whoever was asked for it has nothing more to answer."""
    kept = row or ProfilePortion(
        organisation_id=benefit.organisation_id, benefit=benefit, portion=which.value
    )
    kept.saved_at, kept.saved_by_name = clock.now(), actor.name[:160]
    if kept.asked_id is None or kept.asked_id == actor.person_id:
        kept.asked, kept.asked_at, kept.asked_by_name, kept.note = None, None, "", ""
    kept.save()


@transaction.atomic
def ask_portion(
    *, actor: Actor, benefit_id: int, portion: str, person: Any, note: str = ""
) -> ProfilePortion:
    """Ask a person for a portion; it stands in her week until she has saved it.

    Raises CannotSeeTheBenefit when she may not see the benefit.
    """
    which = Portion(portion)
    benefit = held(actor, benefit_id)
    _require_asking(actor, benefit, which)
    refuse_lapsed(benefit)
    if not may_see(person, benefit):
        raise CannotSeeTheBenefit(
            _("%(name)s kan ikke se gevinsten og kan derfor ikke svare. Vælg en anden.")
            % {"name": person.name}
        )
    row = _portion(benefit, which) or ProfilePortion(
        organisation_id=benefit.organisation_id, benefit=benefit, portion=which.value
    )
    row.asked, row.asked_at, row.asked_by_name = person, clock.now(), actor.name[:160]
    row.note = " ".join(note.split())[:300]
    row.save()
    record(
        actor,
        "benefits.ask_portion",
        benefit,
        portion=content.label("profile_portion", which.value, "da"),
        to=person,
        note=row.note,
    )
    settle_portion(actor, benefit, which)
    ask_for_portion(actor, benefit, which, person, row.note)
    return row


@transaction.atomic
def take_back_portion(*, actor: Actor, benefit_id: int, portion: str) -> None:
    """Take a question back; what has been written stays."""
    which = Portion(portion)
    benefit = held(actor, benefit_id)
    _require_asking(actor, benefit, which)
    row = _portion(benefit, which)
    if row is None or row.asked is None:
        return
    former = row.asked
    row.asked, row.asked_at, row.asked_by_name, row.note = None, None, "", ""
    row.save()
    record(
        actor,
        "benefits.take_back_portion",
        benefit,
        portion=content.label("profile_portion", which.value, "da"),
        to=former,
    )
    settle_portion(actor, benefit, which)


def _require_asking(actor: Actor, benefit: Benefit, which: Portion) -> None:
    """Who may change the benefit may ask; who was asked may ask somebody who knows better."""
    if allowed(actor, CHANGE_BENEFITS, unit_id_of(benefit)):
        return
    row = _portion(benefit, which)
    if row is None or row.asked_id is None or row.asked_id != actor.person_id:
        require(actor, CHANGE_BENEFITS, unit_id_of(benefit))


def _portion(benefit: Benefit, which: Portion) -> ProfilePortion | None:
    return (
        ProfilePortion.objects.select_related("asked")
        .filter(organisation_id=benefit.organisation_id, benefit_id=benefit.pk, portion=which.value)
        .first()
    )


def _check(values: dict[str, Any], changes: dict[str, Any]) -> None:
    """Raise ProfileNotSensible for what cannot be; what is only doubtful is told, not refused."""
    now = {**values, **changes}
    known = set(content.codes("beneficiary"))
    faults = [
        (
            bool(set(now["beneficiaries"] or ()) - known),
            _("En af modtagerne findes ikke på listen. Vælg igen."),
        ),
        (
            now["unit_price_dkk"] is not None and not now["price_source"],
            _("Skriv, hvor prisen kommer fra. Et tal uden kilde kan ingen stå ved."),
        ),
        (
            now["unit_price_dkk"] is not None and now["price_level"] is None,
            _("Skriv, hvilket års priser prisen står i."),
        ),
        (
            any(
                now[name] is not None and now[name] < 0
                for name in (
                    "units_a_year", "unit_price_dkk", "cases_a_year", "minutes_before",
                    "minutes_after", "hour_price_dkk", "cost_base_dkk",
                )
            ),
            _("Antal, minutter og priser kan ikke være mindre end nul."),
        ),
        (
            now["adoption_share"] is not None and not 0 <= now["adoption_share"] <= 1,
            _("Andelen, der bruger det nye, er mellem ingen og alle."),
        ),
        (
            now["time_on"] is not None and now["time_on"] > clock.today(),
            _("Tiden er målt på en dag, der er gået. Ret datoen."),
        ),
    ]  # fmt: skip
    for is_wrong, sentence in faults:
        if is_wrong:
            raise ProfileNotSensible(sentence)
