"""What the municipality itself has written in trust, as evidence for the gates.

A decision about reuse is about the initiative and settles the question. All else is offered: it
says where it stands, when it was written and by whom, and somebody confirms that it covers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.trust.permissions import VIEW_SECURITY, VIEW_SHEETS, VIEW_SYSTEMS
from hoest.domain.trust.queries import evidence
from hoest.domain.trust.web import words
from hoest.foundation.clock import today
from hoest.foundation.gate_evidence import Teller, Told
from hoest.ui import formats

MOST_NAMED = 6
OFFERED = "in_progress"


def reuse_told(
    organisation_id: int, initiative_ids: Collection[int]
) -> Mapping[int, Mapping[str, Told]]:
    """Tell which initiatives have decided about reuse, and which shared solutions they saw."""
    found = {}
    for pk, one in evidence.reuse_for_gates(organisation_id, initiative_ids).items():
        url = reverse("reuse:check", args=[pk])
        said = _("Genbrugstjekket: %(choice)s. %(reason)s")
        said %= {"choice": words.word(words.REUSE, one.choice).lower(), "reason": one.reason}
        found[pk] = {"reuse_check": Told("present", said, url, one.on, one.name)}
        if one.shared:
            found[pk]["shared_alternatives"] = _shared_told(one, url)
    return found


def _shared_told(one: evidence.ToldReuse, url: str) -> Told:
    named = ", ".join(one.shared[:MOST_NAMED]) + (" …" if len(one.shared) > MOST_NAMED else "")
    said = _("Genbrugstjekket så på %(things)s. Skriv, hvorfor I går videre nu.")
    return Told(OFFERED, said % {"things": named}, url, one.on, one.name)


def procurement_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell of the contract about a system the initiative uses, and of the way out of it."""
    found = {}
    for pk, one in evidence.contracts_for_gates(organisation_id, initiative_ids).items():
        url = reverse("systems:system", args=[one.system_id])
        if one.contract_id is not None:
            url = reverse("suppliers:contract", args=[one.contract_id])
        on = one.starts_on if one.contract_id is not None else one.tested_on
        found[pk] = Told(OFFERED, _contract_words(one), url, on, one.supplier, VIEW_SYSTEMS)
    return found


def _contract_words(one: evidence.ToldContract) -> str:
    parts = []
    if one.contract_id is not None:
        facts = [one.supplier]
        if one.ends_on is not None:
            facts.append(_("slutter %(day)s") % {"day": formats.long_date(one.ends_on)})
        known = ", ".join(part for part in facts if part)
        said = _("Kontrakten »%(contract)s« for %(system)s står i registret")
        said %= {"contract": one.contract, "system": one.system}
        parts.append(f"{said} ({known})." if known else f"{said}.")
    plan = (
        _("Exitplanen for %(system)s siger, hvordan data kommer ud.")
        if one.data_gets_out
        else _("Der er ingen exitplan for %(system)s.")
    )
    return " ".join(
        [*parts, plan % {"system": one.system}, _("Bekræft, at det er nok til det, I vil.")]
    )


def management_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell when the management body approved the measures and took its course.

    The register behind it is open to few, so its notes are not told: only day and function.
    """
    known = evidence.management_for_gates(organisation_id) if initiative_ids else None
    if known is None:
        return {}
    first = known.approval or known.course
    assert first is not None, "one of them at least"
    one = Told(
        OFFERED,
        _management_words(known),
        reverse("security:management"),
        first.on,
        first.who_function,
        VIEW_SECURITY,
    )
    return dict.fromkeys(initiative_ids, one)


def _management_words(known: evidence.ToldManagement) -> str:
    parts = []
    for step, is_there, is_not in (
        (
            known.approval,
            _("Ledelsen godkendte foranstaltningerne %(day)s."),
            _("Ledelsens godkendelse er ikke skrevet ned."),
        ),
        (
            known.course,
            _("Ledelsen tog kursus %(day)s."),
            _("Ledelsens kursus er ikke skrevet ned."),
        ),
    ):
        parts.append(is_there % {"day": formats.long_date(step.on)} if step else is_not)
    if known.due_on is not None and known.due_on < today():
        said = _("Noget af det skulle være gjort igen senest %(day)s.")
        parts.append(said % {"day": formats.long_date(known.due_on)})
    return " ".join([*parts, _("Bekræft, at det stadig gælder.")])


def sheet_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell of the approved reassurance sheet."""
    found = {}
    for pk, one in evidence.sheets_for_gates(organisation_id, initiative_ids).items():
        said = (
            _("Tryghedsbladet er godkendt og ligger på den åbne side.")
            if one.is_public
            else _("Tryghedsbladet er godkendt, men ligger ikke på den åbne side.")
        )
        if one.is_changed:
            said += " " + _("Kilden er ændret siden.")
        said += " " + _("Bekræft, at de, det handler om, har fået besked.")
        url = reverse("sheets:sheet", args=[pk])
        found[pk] = Told(OFFERED, said, url, one.on, one.name, VIEW_SHEETS)
    return found


def data_set_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell of the data sets the initiative uses again."""
    found = {}
    for pk, one in evidence.data_sets_for_gates(organisation_id, initiative_ids).items():
        parts = [_("Initiativet bruger datasættet »%(name)s« igen.") % {"name": one.name}]
        if one.owner:
            parts.append(_("Ejer: %(unit)s.") % {"unit": one.owner})
        if one.documented_by:
            parts.append(_("Skrives ned af: %(who)s.") % {"who": one.documented_by})
        if one.more:
            parts.append(
                ngettext("Og %(n)s datasæt mere.", "Og %(n)s datasæt mere.", one.more)
                % {"n": one.more}
            )
        found[pk] = Told(
            OFFERED,
            " ".join([*parts, _("Bekræft, at princippet er fulgt.")]),
            reverse("data_sets:data_set", args=[one.data_set_id]),
            one.on,
            one.owner,
            VIEW_SYSTEMS,
        )
    return found


OF_REUSE = ("reuse_check", "shared_alternatives")
TELLERS: Mapping[str, Teller] = {
    "procurement": procurement_told,
    "management_approval": management_told,
    "duty_to_inform": sheet_told,
    "principle_6": data_set_told,
}
