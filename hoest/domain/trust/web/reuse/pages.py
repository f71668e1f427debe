"""Pages of reuse: how often, the check of an initiative, and where a solution goes next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.trust.actions import reuse as actions
from hoest.domain.trust.permissions import CHECK_REUSE
from hoest.domain.trust.queries import reuse as queries
from hoest.domain.trust.queries.candidates import Candidate, candidates_for, searched_for
from hoest.domain.trust.rules.reuse import ReuseRate
from hoest.domain.trust.web import words
from hoest.domain.trust.web.forms_shown import page
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.words import in_a_row

MOST = 25
KINDS: tuple[tuple[str, Any], ...] = (
    ("system", gettext_lazy("Systemer, kommunen har")),
    ("block", gettext_lazy("Fælles byggeblokke")),
    ("solution", gettext_lazy("Fælles løsninger fra stat og kommuner")),
    ("initiative", gettext_lazy("Andre enheders initiativer")),
    ("shared", gettext_lazy("Arbejde, andre kommuner er med i")),
    ("lesson", gettext_lazy("Det, andre kommuner har lært og delt")),
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how often reuse is chosen, what was decided, and what nobody has decided."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    rate = queries.reuse_rate(actor)
    rows = queries.without_check(actor).order_by("title", "pk")
    waiting = Paginator(rows, MOST).get_page(request.GET.get("page"))
    context = {
        "rate": rate,
        "point": _rate_point(rate),
        "checks": [
            (one, words.word(words.REUSE, one.choice)) for one in queries.latest_checks(actor, MOST)
        ],
        "waiting": waiting,
        "crumbs": [
            {"label": _("Portefølje"), "url": reverse("portfolio:initiatives")},
            {"label": _("Genbrug"), "url": ""},
        ],
    }
    return render(request, "trust/reuse.html", context)


def _rate_point(rate: ReuseRate) -> str:
    if not rate.decided:
        return _("Ingen initiativer har afgjort, om de kan genbruge noget")
    return ngettext(
        "%(again)s af %(decided)s afgjort initiativ bygger på noget, der findes",
        "%(again)s af %(decided)s afgjorte initiativer bygger på noget, der findes",
        rate.decided,
    ) % {
        "again": formats.number(rate.reused + rate.adapted),
        "decided": formats.number(rate.decided),
    }


ONLY_NEW = ("new", gettext_lazy("Nyt: Vi kender intet at bygge på"))


class ReuseForm(AskingForm):
    """What is decided, of which candidates, and why."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Hvad gør I?"),
        widget=forms.RadioSelect,
        choices=(
            ("reuse", gettext_lazy("Genbrug: Vi tager det, der findes, som det er")),
            ("adapt", gettext_lazy("Tilpas: Vi bygger videre på det, der findes")),
            ("new", gettext_lazy("Nyt: Intet af det passer")),
        ),
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Hvad bygger I på?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Så den næste kan forstå det."),
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (one.key, one.choice_label) for one in candidates
        ]
        if not candidates:
            # With nothing to build on there is only one answer, and the reason says the rest.
            del self.fields["chosen"]
            choice = self.fields["choice"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [ONLY_NEW]
            choice.initial = ONLY_NEW[0]


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show what is there already for an initiative, and let somebody decide."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative = portfolio.initiative_of(actor, initiative_id)
    may_check = allowed(actor, CHECK_REUSE, initiative.unit_id)
    if request.method == "POST":
        require(actor, CHECK_REUSE, initiative.unit_id)
    candidates = candidates_for(actor, initiative)

    def write(cleaned: Any) -> str:
        actions.decide_reuse(
            actor=actor,
            initiative_id=initiative.pk,
            choice=cleaned["choice"],
            reason=cleaned["reason"],
            chosen=cleaned.get("chosen", []),
        )
        return _("Afgørelsen om genbrug er skrevet ned.")

    form = ReuseForm(posted(request), candidates=candidates)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("reuse:check", initiative.pk)
    checks = queries.checks_of(actor, initiative.pk)
    steps = queries.steps_of(actor, initiative.pk)
    context = {
        "initiative": initiative,
        "crumbs": _way(initiative, (_("Genbrug"), "")),
        "point": _check_point(candidates, checks),
        "groups": [
            (label, [one for one in candidates if one.kind == kind])
            for kind, label in KINDS
            if any(one.kind == kind for one in candidates)
        ],
        "searched": in_a_row(searched_for(actor)),
        "edit_url": _edit_url(actor, initiative),
        "form": form if may_check else None,
        "checks": [(one, words.word(words.REUSE, one.choice), _names(one)) for one in checks],
        "steps": steps,
        "may_check": may_check,
        "today": today(),
    }
    return render(request, "trust/reuse_check.html", context, status=422 if form.errors else 200)


def _edit_url(actor: Actor, initiative: Any) -> str:
    """Return where the sentence of the initiative is written, for those who may."""
    if not allowed(actor, CHANGE_INITIATIVES, initiative.unit_id):
        return ""
    return reverse("portfolio:edit", args=[initiative.pk]) + "#id_in_practice"


def _check_point(candidates: list[Candidate], checks: list[Any]) -> str:
    if checks:
        return {
            "reuse": _("Besluttet: vi bruger noget, der findes"),
            "adapt": _("Besluttet: vi bygger videre på noget, der findes"),
            "new": _("Besluttet: vi laver noget nyt"),
        }[checks[0].choice]
    if not candidates:
        return _("Vi fandt intet, der ligner. Det er stadig jer, der afgør det")
    return ngettext(
        "%(count)s ting findes måske allerede",
        "%(count)s ting findes måske allerede",
        len(candidates),
    ) % {"count": formats.number(len(candidates))}


def _names(check: Any) -> list[str]:
    titles = {one["key"]: one["title"] for one in check.candidates}
    return [titles[key] for key in check.chosen if key in titles]


class StepForm(AskingForm):
    """Where a solution goes next."""

    place = forms.CharField(
        label=gettext_lazy("Hvor skal løsningen hen?"),
        max_length=160,
        help_text=gettext_lazy("En enhed, et fagområde eller en anden kommune."),
    )
    on = DanishDateField(label=gettext_lazy("Hvornår?"))
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Hvem tager den derhen?"),
        queryset=None,
        empty_label=gettext_lazy("Vælg en person"),
    )
    note = forms.CharField(
        label=gettext_lazy("Hvad skal være på plads først?"), max_length=300, required=False
    )
    done_on = DanishDateField(label=gettext_lazy("Nået den"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Write down where a solution goes next."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHECK_REUSE, initiative.unit_id)

    def write(cleaned: Any) -> str:
        actions.plan_scaling(actor=actor, initiative_id=initiative.pk, fields=cleaned)
        return _("Skridtet er skrevet i skaleringsplanen.")

    return _step_page(request, initiative, write, _("Skriv det næste sted ned"), actor=actor)


@require_http_methods(["GET", "POST"])
def change_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Change a step of the plan, or say that it is reached."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    step = queries.step_of(actor, step_id)
    require(actor, CHECK_REUSE, step.initiative.unit_id)

    def write(cleaned: Any) -> str:
        actions.change_scaling(
            actor=actor, step_id=step.pk, version=posted_version(request), fields=cleaned
        )
        return _("Skaleringsplanen er rettet.")

    initial = {name: getattr(step, name) for name in StepForm.base_fields}
    return _step_page(
        request,
        step.initiative,
        write,
        _("Ret skridtet"),
        actor=actor,
        version=step.version,
        initial=initial,
    )


@require_POST
def drop_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Take a step out of the plan."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gone = actions.drop_scaling(actor=actor, step_id=step_id)
    tell(request, _("Skridtet er taget ud af skaleringsplanen."))
    return redirect("reuse:check", gone.initiative_id)


def _step_page(
    request: HttpRequest,
    initiative: Any,
    write: Any,
    title: str,
    *,
    actor: Actor,
    version: int = 0,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    here = reverse("reuse:check", args=[initiative.pk])
    return page(
        request,
        form=StepForm(posted(request), actor=actor, initial=initial or {}),
        write=write,
        title=title,
        button=_("Gem skridtet"),
        crumbs=_way(initiative, (_("Genbrug"), here), (title, "")),
        leave_url=here,
        version=version,
    )


def _way(initiative: Any, *more: tuple[str, str]) -> list[dict[str, str]]:
    way = (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (initiative.title, reverse("portfolio:initiative", args=[initiative.pk])),
        *more,
    )
    return [{"label": label, "url": url} for label, url in way]
