"""What the portfolio itself knows of the requirements of a gate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries.needs import untested_assumptions
from hoest.domain.portfolio.rules import plain_language_questions
from hoest.foundation import content, gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.content import active_language
from hoest.foundation.gate_evidence import Told
from hoest.ui import formats


def register() -> None:
    """Tell of sponsor and lead, the plain sentence, the old way, and assumptions."""
    gate_evidence.register_several(OWN, _own)
    gate_evidence.register("tested_assumptions", _assumptions)


def _own(organisation_id: int, ids: Collection[int]) -> Mapping[int, Mapping[str, Told]]:
    """Tell of what stands on the initiatives themselves; one query."""
    rows = Initiative.objects.filter(organisation_id=organisation_id, pk__in=ids)
    return {
        row.pk: {code: tell(row) for code, tell in OWN.items()}
        for row in rows.select_related("sponsor", "lead")
    }


def _owner(one: Initiative) -> Told:
    url = reverse("portfolio:edit", args=[one.pk]) + "#id_sponsor"
    if one.sponsor is not None and one.lead is not None:
        names = {"sponsor": one.sponsor.name, "lead": one.lead.name}
        return Told("present", _("Sponsor: %(sponsor)s. Leder: %(lead)s.") % names, url)
    if one.sponsor is None and one.lead is None:
        return Told("missing", _("Der er hverken sponsor eller leder."), url)
    said = _("Der er ingen sponsor.") if one.sponsor is None else _("Der er ingen leder.")
    return Told("in_progress", said, url)


def _plain_purpose(one: Initiative) -> Told:
    url = reverse("portfolio:edit", args=[one.pk]) + "#id_in_practice"
    if not one.in_practice.strip():
        return Told("missing", _("Sætningen om, hvad det betyder i praksis, mangler."), url)
    asked = plain_language_questions(one.in_practice, content.limit("sentence_words"))
    if "names_a_system" in asked:
        return Told("in_progress", _("Sætningen nævner kun et system."), url)
    return Told("present", one.in_practice, url)


def _old_way(one: Initiative) -> Told:
    url = reverse("portfolio:edit", args=[one.pk]) + "#id_old_way_closes_on"
    day = one.old_way_closed_on or one.old_way_closes_on
    if day is None:
        return Told("missing", _("Der er ingen dato for, hvornår den gamle vej lukker."), url)
    shown = {"day": formats.long_date(day, active_language())}
    if one.old_way_closed_on:
        said = _("Lukket %(day)s.")
    else:
        said = _("Skulle være lukket %(day)s.") if day < today() else _("Lukker %(day)s.")
    return Told("present", said % shown, url)


OWN: Mapping[str, Callable[[Initiative], Told]] = {
    "owner": _owner,
    "plain_purpose": _plain_purpose,
    "old_way_closing": _old_way,
}


def _assumptions(organisation_id: int, ids: Collection[int]) -> Mapping[int, Told]:
    untested = untested_assumptions(list(ids))
    found = {}
    for pk in ids:
        needs = untested.get(pk)
        if needs:
            said = _("Ikke afprøvet endnu: %(needs)s") % {
                "needs": "; ".join(str(need) for need in needs[:3])
            }
            found[pk] = Told("missing", said)
        else:
            found[pk] = Told("present", _("Ingen antagelser står uprøvede."))
    return found
