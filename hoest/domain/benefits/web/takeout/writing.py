"""Write an agreement: how, by which model, then the amounts the model proposes; change it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there
from hoest.domain.benefits.models import Benefit, TakeoutAgreement
from hoest.domain.benefits.permissions import HARVEST, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.rules.faults import TakeoutBeforeBaseline
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    Basis,
    ProposedYear,
    TakeoutKind,
    TakeoutStatus,
    lacks,
)
from hoest.domain.benefits.web import shown, words
from hoest.domain.benefits.web.takeout.forms import (
    YEAR,
    KindForm,
    ModelForm,
    TakeoutForm,
    models_for,
)
from hoest.domain.benefits.web.views import conflict_page, crumbs, read
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.content import TakeoutModel
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound
from hoest.foundation.forms.posting import posted, posted_version
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui import formats
from hoest.ui.messages import tell


@require_http_methods(["GET", "POST"])
def harvest(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Take a benefit home: ask how, then by which model, then for the agreement itself."""
    actor, benefit, _standing = read(request, benefit_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    kind = _kind(request)
    if kind is None:
        given = request.GET if "slags" in request.GET else None
        form = KindForm(given or posted(request))
        return _question(request, benefit, form, _("Tag gevinsten hjem"))
    if kind is TakeoutKind.QUALITY_KEPT:
        model = content.takeout_models().get("own") or next(iter(content.takeout_models().values()))
        return _write(request, actor, benefit, kind, model, clock.today().year + 1, None)
    asked = ModelForm(
        request.GET if "model" in request.GET else None,
        kind=kind,
        language=words.language(),
        initial={"slags": kind.value, "fra": clock.today().year + 1, "model": _usual(kind)},
    )
    if not asked.is_bound or not asked.is_valid() or not _knows_expenditure(asked):
        return _question(request, benefit, asked, _("Hvilken model følger aftalen?"))
    chosen = asked.cleaned_data
    return _write(
        request,
        actor,
        benefit,
        kind,
        models_for(kind)[chosen["model"]],
        chosen["fra"],
        chosen.get("udgift"),
    )


def _kind(request: HttpRequest) -> TakeoutKind | None:
    wanted = request.GET.get("slags", "")
    return TakeoutKind(wanted) if wanted in {one.value for one in TakeoutKind} else None


def _usual(kind: TakeoutKind) -> str:
    """Return the model that stands chosen: the first that can be followed."""
    return next(iter(models_for(kind)))


def _knows_expenditure(form: ModelForm) -> bool:
    """Tell whether the model can be computed; else say on the form what it lacks."""
    model = content.takeout_models()[form.cleaned_data["model"]]
    if model.basis == Basis.EXPENDITURE and not form.cleaned_data.get("udgift"):
        form.add_error("udgift", _("Skriv enhedens serviceudgifter, som modellen regner ud fra."))
        return False
    return True


def _question(request: HttpRequest, benefit: Benefit, form: Any, title: str) -> HttpResponse:
    """Ask one thing; the answer stands in the address, so that it can be gone back to."""
    context = {
        "benefit": benefit,
        "form": form,
        "title": title,
        "crumbs": crumbs(benefit, _("Tag gevinsten hjem")),
        "figures": shown.figure_rows(benefit, queries.promises_of([benefit])[benefit.pk]),
        "leave_url": reverse("benefits:benefit", args=[benefit.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/takeout/question.html", context, status=status)


def _write(
    request: HttpRequest,
    actor: Actor,
    benefit: Benefit,
    kind: TakeoutKind,
    model: TakeoutModel,
    first_year: int,
    expenditure: Decimal | None,
) -> HttpResponse:
    proposed = takeout.proposal_for(
        benefit,
        kind.measure,
        takeout.terms_of_model(model),
        first_year=first_year,
        expenditure=expenditure,
    )
    may_decide = allowed(actor, HARVEST, benefit.unit_id or benefit.initiative.unit_id)
    statuses = [s.value for s in TakeoutStatus if may_decide or s not in COUNTING]
    form = TakeoutForm(
        posted(request),
        actor=actor,
        kind=kind,
        asks_shares=model.asks_shares,
        years=takeout.years_asked(first_year),
        statuses=statuses,
        initial=_initial(benefit, kind, model, proposed),
    )
    lacking: tuple[str, ...] = ()
    if form.is_valid():
        try:
            made = _carry_out(actor, benefit, form, model, expenditure)
        except TakeoutBeforeBaseline as fault:
            lacking = fault.lacks
            form.add_error(None, str(fault))
        except (Conflict, NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            is_home = made.status in COUNTING
            tell(
                request,
                _("Aftalen er besluttet. Gevinsten er taget hjem.")
                if is_home
                else _("Aftalen er skrevet ned. Den tæller, når den er besluttet."),
            )
            if is_home:
                return redirect("benefits:benefit", benefit.pk)
            return redirect("benefits:agreement", made.pk)
    return _form_page(request, benefit, form, model, proposed, expenditure, lacking=lacking)


def _carry_out(
    actor: Actor,
    benefit: Benefit,
    form: TakeoutForm,
    model: TakeoutModel,
    expenditure: Decimal | None,
) -> TakeoutAgreement:
    """Write the agreement and give it its status: both, or none of them."""
    given = form.cleaned_data
    with transaction.atomic():
        made = actions.write_takeout(
            actor=actor,
            benefit_id=benefit.pk,
            fields=form.agreement_fields(model.code, expenditure),  # type: ignore[arg-type]
            amounts=form.amounts(),
        )
        if given["status"] == TakeoutStatus.UNDECIDED:
            return made
        return actions.move_takeout(
            actor=actor,
            agreement_id=made.pk,
            version=made.version,
            status=given["status"],
            on=given["decided_on"],
            by_name=given["by_name"],
            reference=given["reference"],
            knowing=given["sure"],
        )


def _initial(
    benefit: Benefit,
    kind: TakeoutKind,
    model: TakeoutModel,
    proposed: tuple[ProposedYear, ...],
) -> dict[str, Any]:
    promise = queries.promises_of([benefit])[benefit.pk]
    line = promise.latest_dkk or promise.original_dkk
    last = queries.last_budget_place(benefit)
    return {
        "unit": benefit.unit_id or benefit.initiative.unit_id,
        "budget_place": last[0],
        "account": last[1],
        # In the year's money it was promised in, so that it meets its promise in the account.
        "price_level": line.price_level if line else clock.today().year + 1,
        "varig": "ja" if line is None or line.is_recurring else "nej",
        "take_share": model.take_share,
        "unit_carries_share": model.unit_carries_share,
        "body": benefit.initiative.body_id,
        "decided_on": clock.today(),
        "status": TakeoutStatus.UNDECIDED.value,
        **{f"{YEAR}{one.year}": one.amount for one in proposed},
    }


def _form_page(
    request: HttpRequest,
    benefit: Benefit,
    form: TakeoutForm,
    model: TakeoutModel | None,
    proposed: tuple[ProposedYear, ...],
    expenditure: Decimal | None,
    *,
    agreement: TakeoutAgreement | None = None,
    lacking: tuple[str, ...] = (),
) -> HttpResponse:
    today, organisation_id = clock.today(), benefit.organisation_id
    involved = takeout.involved_days(organisation_id, [benefit.initiative_id])
    missing = lacks(today, benefit.baseline_on, involved.get(benefit.initiative_id, ()))
    title = _("Ret aftalen") if agreement else _("Tag gevinsten hjem")
    here = reverse("benefits:benefit", args=[benefit.pk])
    context = {
        "benefit": benefit,
        "form": form,
        "kind": form.kind,
        "kind_label": content.label("takeout_kind", form.kind),
        "is_hours": form.kind.measure == "hours",
        "model": model_words(model) if model else None,
        "proposed": proposed_rows(model, proposed, form.kind) if model else [],
        "lacks": lacking or (() if form.kind is TakeoutKind.QUALITY_KEPT else missing),
        "asks_if_sure": bool(lacking),
        "figures": shown.figure_rows(benefit, queries.promises_of([benefit])[benefit.pk]),
        "experience": takeout.experience_of(
            organisation_id, [benefit.unit_id or benefit.initiative.unit_id]
        )[:3],
        "crumbs": crumbs(benefit, title),
        "title": title,
        "agreement": agreement,
        "version": posted_version(request) or (agreement.version if agreement else 1),
        "leave_url": reverse("benefits:agreement", args=[agreement.pk]) if agreement else here,
        "again_url": "" if agreement else request.path,
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/takeout/form.html", context, status=status)


def model_words(model: TakeoutModel) -> dict[str, str]:
    """Return a model in the reader's language, with where it comes from."""
    language = words.language()
    en = language == "en"
    return {
        "label": model.label.en if en else model.label.da,
        "about": model.about.en if en else model.about.da,
        "source": model.source,
    }


def proposed_rows(
    model: TakeoutModel, proposed: tuple[ProposedYear, ...], kind: TakeoutKind
) -> list[Mapping[str, Any]]:
    """Return the model's arithmetic for each year, in words and figures."""
    language = words.language()
    write = formats.hours if kind.measure == "hours" else formats.kroner
    of_what = {
        Basis.APPROVED: _("godkendt"),
        Basis.MEASURED: _("godkendt gange den målte del"),
        Basis.EXPENDITURE: _("serviceudgifter"),
        Basis.OWN: "",
    }[Basis(model.basis)]
    decimals = 2 if model.take_share * 100 != (model.take_share * 100).to_integral_value() else 0
    return [
        {
            "year": one.year,
            "basis": write(one.basis, language=language),
            "of_what": of_what,
            "share": formats.percent(model.take_share, decimals, language),
            "amount": write(one.amount, language=language),
            "bank": write(one.bank, language=language) if one.bank else "",
            "treasury": write(one.treasury, language=language) if one.bank else "",
        }
        for one in proposed
    ]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Change an agreement that is not decided yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = takeout.agreement_of(actor, agreement_id)
    benefit = queries.benefit_of(actor, found.benefit_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    if found.status in COUNTING or found.withdrawn_on or found.base_id:
        tell(request, _("Aftalen kan ikke rettes. Skriv et nyt lag i stedet."), level="warning")
        return redirect("benefits:agreement", found.pk)
    amounts = takeout.layer_of(found).amounts
    first = min(amounts, default=clock.today().year + 1)
    model = content.takeout_models().get(found.model)
    form = TakeoutForm(
        posted(request),
        actor=actor,
        kind=TakeoutKind(found.kind),
        asks_shares=bool(model and model.asks_shares),
        years=sorted({*takeout.years_asked(first), *amounts}),
        statuses=[],
        initial={
            **{name: getattr(found, name) for name in _OWN},
            "unit": found.unit_id,
            "body": found.body_id,
            "varig": "ja" if found.is_lasting else "nej",
            **{f"{YEAR}{year}": amount for year, amount in amounts.items()},
        },
    )
    if form.is_valid():
        try:
            actions.change_takeout(
                actor=actor,
                agreement_id=found.pk,
                version=posted_version(request),
                fields=form.agreement_fields(found.model, found.expenditure_dkk),  # type: ignore[arg-type]
                amounts=form.amounts(),
            )
        except ChangedMeanwhile as conflict:
            return conflict_page(request, conflict, form)
        except (Conflict, NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            tell(request, _("Aftalen er rettet."))
            return redirect("benefits:agreement", found.pk)
    proposed = takeout.proposal_for(
        benefit,
        form.kind.measure,
        takeout.terms_of(found),
        first_year=first,
        expenditure=found.expenditure_dkk,
    )
    return _form_page(
        request, benefit, form, model, proposed, found.expenditure_dkk, agreement=found
    )


_OWN = (
    *("budget_place", "account", "named_use", "price_level", "legal_basis"),
    *("take_share", "unit_carries_share"),
)
