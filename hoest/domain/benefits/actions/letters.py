"""What benefits write to people about: a question of ownership, a no, a portion that is asked for.

Only queued, in the transaction of the act: the mail of the day gathers it. What has been answered
is withdrawn, so nobody is asked by mail about what is settled.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.portions import Portion
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.messages.actions import danish, queue, withdraw


def ask_for_ownership(actor: Actor, benefit: Benefit, person: Any) -> None:
    """Ask a person by mail whether she will own a benefit; the link leads to the answer."""
    with danish():
        queue(
            actor=actor,
            person_id=person.pk,
            kind="owner_asked",
            subject=_("Vil du eje »%(title)s«?") % {"title": benefit.title},
            sentence=_(
                "%(name)s spørger. Du ser målet, dagen og det, der tages, og svarer ja eller nej."
            )
            % {"name": actor.name},
            address=reverse("benefits:owner", args=[benefit.pk]),
            key=f"owner:{benefit.pk}:{benefit.version}",
        )


def settle_ownership(actor: Actor, benefit: Benefit) -> None:
    """Take back what still waits about owning a benefit: it is answered, or another is asked."""
    withdraw(actor=actor, beginning=f"owner:{benefit.pk}:")


def tell_of_refusal(actor: Actor, benefit: Benefit, former: Any, reason: str) -> None:
    """Tell the sponsor that somebody said no, and why; her link leads to choosing another."""
    sponsor_id = benefit.initiative.sponsor_id
    if sponsor_id is None or sponsor_id == actor.person_id:
        return
    with danish():
        queue(
            actor=actor,
            person_id=sponsor_id,
            kind="owner_refused",
            subject=_("%(name)s sagde nej til at eje »%(title)s«")
            % {"name": former.name, "title": benefit.title},
            sentence=_("Begrundelsen er: %(reason)s") % {"reason": reason},
            address=reverse("benefits:owner", args=[benefit.pk]),
            key=f"owner:{benefit.pk}:no:{benefit.version}",
        )


def ask_for_portion(
    actor: Actor, benefit: Benefit, portion: Portion, person: Any, note: str
) -> None:
    """Ask a person by mail for a portion of a profile."""
    with danish():
        label = content.label("profile_portion", portion.value, "da")
        queue(
            actor=actor,
            person_id=person.pk,
            kind="portion_asked",
            subject=_("Hvad ved du om »%(title)s«?") % {"title": benefit.title},
            sentence=note
            or _("%(name)s spørger om »%(portion)s«. Det tager et par minutter.")
            % {"name": actor.name, "portion": label},
            address=reverse("benefits:change", args=[benefit.pk]) + f"?del={portion.value}",
            key=f"{_key(benefit, portion)}{clock.today()}",
        )


def settle_portion(actor: Actor, benefit: Benefit, portion: Portion) -> None:
    """Take back what still waits about a portion."""
    withdraw(actor=actor, beginning=_key(benefit, portion))


def _key(benefit: Benefit, portion: Portion) -> str:
    return f"portion:{benefit.pk}:{portion.value}:"
