"""Pages of a profile: how far it is, one portion at a time, and asking the one who knows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there, unit_id_of
from hoest.domain.benefits.calculations import valuation_of
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.rules.portions import Portion, fields_of, fingerprint
from hoest.domain.benefits.web.profile import shown
from hoest.domain.benefits.web.profile.doubt_words import shown_doubts
from hoest.domain.benefits.web.profile.doubts import doubts_of
from hoest.domain.benefits.web.profile.forms import AskForm, PortionForm
from hoest.domain.benefits.web.views import conflict_page, crumbs, line_keys
from hoest.domain.organisations.queries import people_with_roles
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound
from hoest.foundation.forms import drafts
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

# A link of before the portions were four.
FORMER = {"metode": Portion.MEASURED}


def portion_asked(request: HttpRequest) -> Portion:
    """Return the portion the address names; the first one when it names none."""
    code = request.GET.get("del", "")
    if code in FORMER:
        return FORMER[code]
    return Portion(code) if code in set(Portion) else Portion.WHAT


def _read(
    request: HttpRequest, benefit_id: int
) -> tuple[Actor, Benefit, Any, dict[str, Any], list[queries.PortionRow]]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    profile = queries.profile_of(benefit)
    values = queries.profile_values(benefit, profile)
    return actor, benefit, profile, values, queries.portions_of(benefit, values)


@require_GET
def profile(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show the whole profile: what is odd, the four portions, the sums, the parts of pools."""
    actor, benefit, found, values, rows = _read(request, benefit_id)
    may_change = allowed(actor, CHANGE_BENEFITS, unit_id_of(benefit))
    context = {
        "benefit": benefit,
        "crumbs": crumbs(benefit, _("Profilen")),
        "point": shown.point_of(rows),
        "portions": shown.shown_portions(actor, benefit, values, rows),
        "doubts": shown_doubts(benefit, doubts_of(benefit, found)),
        "sums": shown.sums_of(found, valuation_of(found), benefit),
        "claims": queries.claims_of(benefit),
        "may_claim": may_change and not benefit.is_disbenefit and benefit.lapsed_on is None,
        "may_change": may_change,
    }
    return render(request, "benefits/profile/profile.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Fill one portion; somebody else's change of the same portion is never overwritten."""
    actor, benefit, _profile, values, rows = _read(request, benefit_id)
    portion = portion_asked(request)
    row = next(one for one in rows if one.state.portion is portion)
    if not shown.may_fill(actor, benefit, row):
        require_there(actor, CHANGE_BENEFITS, benefit)
    leave_url = back_address(request, reverse("benefits:profile", args=[benefit.pk]))
    standing = {name: values[name] for name in fields_of(portion)}
    draft = drafts.find(actor, draft_name(portion), benefit.pk) if request.method == "GET" else None
    form = PortionForm(
        posted(request),
        actor=actor,
        benefit=benefit,
        line_keys=line_keys(actor, benefit.initiative_id),
        portion=portion,
        initial={**standing, **(drafted(draft.fields) if draft else {})},
    )
    if form.is_valid():
        try:
            actions.fill_portion(
                actor=actor,
                benefit_id=benefit.pk,
                portion=portion,
                seen=posted_version(request),
                fields=form.cleaned_data,
            )
        except ChangedMeanwhile as conflict:
            return conflict_page(request, conflict, form)
        except (Conflict, NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            drafts.drop(actor=actor, form_name=draft_name(portion), object_id=benefit.pk)
            tell(request, _("»%(portion)s« er gemt.") % {"portion": shown.portion_label(portion)})
            return redirect(leave_url)
    context = {
        "form": form,
        "benefit": benefit,
        "crumbs": [*crumbs(benefit, shown.portion_label(portion))],
        "leave_url": leave_url,
        "portion": shown.shown_portions(actor, benefit, values, [row])[0],
        "draft": draft,
        "keep_url": reverse("benefits:keep_portion", args=[benefit.pk]) + f"?del={portion.value}",
        "tabs": _tabs(actor, benefit, rows, portion),
        "version": posted_version(request) or fingerprint(standing),
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/profile/portion.html", context, status=status)


def _tabs(
    actor: Actor, benefit: Benefit, rows: list[queries.PortionRow], here: Portion
) -> list[dict[str, Any]]:
    return [
        {
            "label": shown.portion_label(row.state.portion),
            "url": f"?del={row.state.portion.value}",
            "current": row.state.portion is here,
        }
        for row in rows
        if shown.may_fill(actor, benefit, row)
    ]


def draft_name(portion: Portion) -> str:
    """Return the name under which a portion is kept while it is written."""
    return f"benefits.portion.{portion.value}"


def drafted(kept: dict[str, str]) -> dict[str, Any]:
    """Return what was kept of a portion as its form reads it."""
    found: dict[str, Any] = dict(kept)
    if "beneficiaries" in found:
        found["beneficiaries"] = [code for code in kept["beneficiaries"].split(",") if code]
    if "is_disbenefit" in found:
        found["is_disbenefit"] = kept["is_disbenefit"] == "on"
    return found


@require_POST
def keep_portion(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Keep what is being written of a portion, valid or not."""
    actor, benefit, _profile, _values, rows = _read(request, benefit_id)
    portion = portion_asked(request)
    row = next(one for one in rows if one.state.portion is portion)
    if not shown.may_fill(actor, benefit, row):
        require_there(actor, CHANGE_BENEFITS, benefit)
    written = request.POST.copy()
    if portion is Portion.WHAT:
        written["beneficiaries"] = ",".join(request.POST.getlist("beneficiaries"))
        written.setdefault("is_disbenefit", "")
    drafts.keep(
        actor=actor,
        form_name=draft_name(portion),
        posted=written,
        names=list(fields_of(portion)),
        object_id=benefit.pk,
    )
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def ask_portion(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Ask a person for a portion; it stands in her week until she has answered."""
    actor, benefit, _profile, values, rows = _read(request, benefit_id)
    portion = portion_asked(request)
    row = next(one for one in rows if one.state.portion is portion)
    if not shown.may_fill(actor, benefit, row):
        require_there(actor, CHANGE_BENEFITS, benefit)
    leave_url = back_address(request, reverse("benefits:profile", args=[benefit.pk]))

    def write(cleaned: dict[str, Any]) -> str:
        actions.ask_portion(actor=actor, benefit_id=benefit.pk, portion=portion, **cleaned)
        return _("%(name)s er spurgt. Det står nu i Min uge hos hende eller ham.") % {
            "name": cleaned["person"].name
        }

    form = AskForm(
        posted(request), actor=actor, initial={"person": _nearest(actor, benefit, portion)}
    )
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    title = _("Hvem ved det?")
    context = {
        "form": form,
        "benefit": benefit,
        "title": title,
        "crumbs": crumbs(benefit, title),
        "about": shown.shown_portions(actor, benefit, values, [row])[0].who,
        "button": _("Spørg"),
        "leave_url": leave_url,
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/act.html", context, status=status)


def _nearest(actor: Actor, benefit: Benefit, portion: Portion) -> int | None:
    """Suggest whom to ask: the lead, the owner, a controller."""
    if portion is Portion.WHAT:
        return benefit.initiative.lead_id
    if portion is Portion.WORTH:
        return people_with_roles(actor, ["controller"]).values_list("pk", flat=True).first()
    return benefit.owner_id


@require_POST
def take_back_portion(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Take a question back; what has been written stays."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.take_back_portion(actor=actor, benefit_id=benefit_id, portion=portion_asked(request))
    tell(request, _("Spørgsmålet er taget tilbage."), level="info")
    return redirect("benefits:profile", benefit_id)
