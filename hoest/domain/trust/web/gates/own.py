"""What the municipality itself has written in trust, as evidence for the gates.

A decision about reuse is about the initiative and settles the question. All else is offered: it
says where it stands, when it was written and by whom, and somebody confirms that it covers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.trust.permissions import VIEW_SECURITY, VIEW_SHEETS, VIEW_SYSTEMS
from hoest.domain.trust.queries import evidence
from hoest.domain.trust.web import words
from hoest.foundation.clock import today
from hoest.foundation.gate_evidence import Teller, Told
from hoest.ui import formats
from hoest.ui.words import in_a_row

MOST_NAMED = 6
OFFERED, MISSING = "in_progress", "missing"


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
        if one.chosen or one.listed:
            found[pk]["shared_alternatives"] = _shared_told(one, url)
    return found


def _shared_told(one: evidence.ToldReuse, url: str) -> Told:
    """Say which shared solutions were chosen, and which only stood on the list."""
    parts = []
    if one.chosen:
        said = _("I genbrugstjekket valgte I at bygge på %(things)s.")
        parts.append(said % {"things": _named(one.chosen)})
    if one.listed:
        said = _("På genbrugstjekkets liste stod %(things)s.")
        parts.append(said % {"things": _named(one.listed)})
    asked = _("Skriv, hvad I har undersøgt, og hvorfor I går videre nu.")
    return Told(OFFERED, " ".join([*parts, asked]), url, one.on, one.name)


def _named(titles: Sequence[str]) -> str:
    return ", ".join(titles[:MOST_NAMED]) + (" …" if len(titles) > MOST_NAMED else "")


def procurement_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell of the contracts about the systems an initiative uses, and of the way out of them."""
    found = {}
    for pk, purchase in evidence.contracts_for_gates(organisation_id, initiative_ids).items():
        one = purchase.speaks
        is_contract = one.contract_id is not None
        url = reverse("systems:system", args=[one.system_id])
        if is_contract:
            url = reverse("suppliers:contract", args=[one.contract_id])
        on = one.starts_on if is_contract else one.tested_on
        is_over = is_contract and not one.holds
        parts = [_ended_words(one)] if is_over else _contract_words(one)
        if purchase.without:
            said = _("Der står ingen kontrakt for %(systems)s i registret.")
            parts.append(said % {"systems": in_a_row(purchase.without)})
        if not is_over:
            parts.append(_("Bekræft, at det er nok til det, I vil."))
        found[pk] = Told(
            MISSING if is_over else OFFERED, " ".join(parts), url, on, one.supplier, VIEW_SYSTEMS
        )
    return found


def _ended_words(one: evidence.ToldContract) -> str:
    """Say why the contract of a system does not hold: it has ended, or is not valid."""
    if one.ends_on is None or one.ends_on >= today():
        said = _("Kontrakten »%(contract)s« for %(system)s er ikke gyldig, siger registret.")
    elif one.terminated_on is not None:
        said = _("Kontrakten »%(contract)s« for %(system)s er opsagt og sluttede %(day)s.")
    else:
        said = _("Kontrakten »%(contract)s« for %(system)s sluttede %(day)s.")
    day = formats.long_date(one.ends_on) if one.ends_on else ""
    return said % {"contract": one.contract, "system": one.system, "day": day}


def _contract_words(one: evidence.ToldContract) -> list[str]:
    parts = []
    if one.contract_id is not None:
        facts = [one.supplier]
        if one.ends_on is not None:
            ends = _("slutter %(day)s") if one.terminated_on is None else _("opsagt til %(day)s")
            facts.append(ends % {"day": formats.long_date(one.ends_on)})
        known = ", ".join(part for part in facts if part)
        said = _("Kontrakten »%(contract)s« for %(system)s står i registret")
        said %= {"contract": one.contract, "system": one.system}
        parts.append(f"{said} ({known})." if known else f"{said}.")
    plan = (
        _("Exitplanen for %(system)s siger, hvordan data kommer ud.")
        if one.data_gets_out
        else _("Der er ingen exitplan for %(system)s.")
    )
    return [*parts, plan % {"system": one.system}]


def management_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell when the management body approved the measures and took its course.

    The register behind it is open to few, so its notes and the day something was to be done again
    are not told: only the day it was done and the function.
    """
    known = evidence.management_for_gates(organisation_id) if initiative_ids else None
    if known is None:
        return {}
    first = known.approval or known.course
    assert first is not None, "one of them at least"
    one = Told(
        OFFERED if known.holds else MISSING,
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
    if known.is_overdue:
        parts.append(_("Spørg den, der fører sikkerhedsrapporten, hvad der mangler."))
    elif known.holds:
        parts.append(_("Bekræft, at det stadig gælder."))
    return " ".join(parts)


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
