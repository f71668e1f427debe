"""Pages of outcome pools: what there is, who has taken it, and taking a part of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there, unit_id_of
from hoest.domain.benefits.actions.pools import said
from hoest.domain.benefits.models import OutcomePool, PoolClaim
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, KEEP_POOLS, VIEW_BENEFITS
from hoest.domain.benefits.rules.pools import PoolStanding, amount_of_share
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.forms import ReasonForm
from hoest.domain.benefits.web.profile.pool_forms import ClaimOfPoolForm, PoolForm
from hoest.domain.benefits.web.views import crumbs
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@dataclass(frozen=True)
class ShownClaim:
    """A part of a pool as a page shows it."""

    title: str
    url: str
    amount: str
    share: str
    by: str
    release_url: str = ""
    released: str = ""


@dataclass(frozen=True)
class ShownPool:
    """A pool as a page shows it: its point, its parts, what is left."""

    pool: OutcomePool
    point: str
    total: str
    left: str
    url: str
    bars: list[dict[str, Any]] = field(default_factory=list)
    claims: list[ShownClaim] = field(default_factory=list)
    released: list[ShownClaim] = field(default_factory=list)


def shown_pool(actor: Actor, pool: OutcomePool, claims: list[PoolClaim]) -> ShownPool:
    """Return a pool with its parts, from claims that are read already."""
    stands = queries.standing_from(pool, claims)
    share = formats.percent(stands.claimed_share, 0, words.language())
    shown = [_claim(actor, pool, claim) for claim in claims]
    return ShownPool(
        pool=pool,
        point=_("%(share)s af puljen er lovet væk") % {"share": share},
        total=said(pool.total, pool.measure),
        left=said(stands.left, pool.measure),
        url=reverse("benefits:pool", args=[pool.pk]),
        bars=_bars(stands),
        claims=[one for one in shown if not one.released],
        released=[one for one in shown if one.released],
    )


def _bars(stands: PoolStanding) -> list[dict[str, Any]]:
    """Return the parts side by side in hundredths of the pool, each with its place and shade."""
    found, x = [], Decimal(0)
    for place, claim in enumerate(stands.claims):
        width = claim.amount / stands.total * 100
        found.append({"x": f"{x:.2f}", "width": f"{width:.2f}", "shade": place % 3})
        x += width
    return found


def _claim(actor: Actor, pool: OutcomePool, claim: PoolClaim) -> ShownClaim:
    part = claim.amount / pool.total
    may = claim.released_on is None and allowed(actor, CHANGE_BENEFITS, unit_id_of(claim.benefit))
    return ShownClaim(
        title=claim.benefit.title,
        url=reverse("benefits:benefit", args=[claim.benefit_id]),
        amount=said(claim.amount, pool.measure),
        share=formats.percent(part, 0, words.language()),
        by=_("taget af %(name)s, %(day)s")
        % {
            "name": claim.claimed_by_name,
            "day": formats.long_date(claim.claimed_on, words.language()),
        },
        release_url=reverse("benefits:release_claim", args=[claim.pk]) if may else "",
        released=claim.released_reason if claim.released_on else "",
    )


def _crumbs(here: str = "") -> list[dict[str, str]]:
    found = [{"label": _("Gevinster"), "url": reverse("benefits:benefits")}]
    if not here:
        return [*found, {"label": _("Puljer"), "url": ""}]
    return [
        *found,
        {"label": _("Puljer"), "url": reverse("benefits:pools")},
        {"label": here, "url": ""},
    ]


def _counted(count: int) -> str:
    return ngettext("%(n)s pulje", "%(n)s puljer", count) % {"n": count}


def _given_away(full: int) -> str:
    if not full:
        return _("ingen er lovet helt væk")
    return ngettext("%(n)s er lovet helt væk", "%(n)s er lovet helt væk", full) % {"n": full}


@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """Show every pool and how much of it is promised away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        require(actor, VIEW_BENEFITS)
    rows = list(queries.pools_of(actor))
    claims = queries.claims_on(rows)
    found = [shown_pool(actor, pool, claims[pool.pk]) for pool in rows]
    full = sum(1 for pool in rows if pool.claimed == pool.total)
    point = f"{_counted(len(rows))}; {_given_away(full)}" if rows else _("Ingen puljer endnu")
    context = {
        "crumbs": _crumbs(),
        "pools": found,
        "point": point,
        "may_keep": allowed(actor, KEEP_POOLS),
    }
    return render(request, "benefits/profile/pools.html", context)


@require_GET
def pool(request: HttpRequest, pool_id: int) -> HttpResponse:
    """Show a pool: what there is, where the number comes from, who has taken what."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.pool_of(actor, pool_id)
    context = {
        "crumbs": _crumbs(found.name),
        "shown": shown_pool(actor, found, queries.claims_on([found])[found.pk]),
        "may_keep": allowed(actor, KEEP_POOLS),
    }
    return render(request, "benefits/profile/pool.html", context)


@require_http_methods(["GET", "POST"])
def new_pool(request: HttpRequest) -> HttpResponse:
    """Write down what there is to take from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_POOLS)
    return _pool_form(request, actor, None)


@require_http_methods(["GET", "POST"])
def change_pool(request: HttpRequest, pool_id: int) -> HttpResponse:
    """Change a pool; it never gets smaller than what is claimed of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.pool_of(actor, pool_id)
    require(actor, KEEP_POOLS)
    return _pool_form(request, actor, found)


def _pool_form(request: HttpRequest, actor: Actor, found: OutcomePool | None) -> HttpResponse:
    names = list(PoolForm.base_fields)
    initial = {name: getattr(found, name) for name in names} if found else {}
    form = PoolForm(posted(request), actor=actor, initial=initial)
    kept: list[OutcomePool] = []

    def write(cleaned: dict[str, Any]) -> str:
        fields: Any = cleaned
        if found is None:
            kept.append(actions.make_pool(actor=actor, fields=fields))
            return _("Puljen er skrevet ned.")
        kept.append(
            actions.change_pool(
                actor=actor, pool_id=found.pk, version=posted_version(request), fields=fields
            )
        )
        return _("Puljen er rettet.")

    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect("benefits:pool", kept[0].pk)
    context = {
        "form": form,
        "title": _("Ret puljen") if found else _("Skriv en pulje ned"),
        "button": _("Gem puljen"),
        "crumbs": _crumbs(found.name if found else _("Ny")),
        "leave_url": reverse("benefits:pool", args=[found.pk])
        if found
        else reverse("benefits:pools"),
        "version": posted_version(request) or (found.version if found else 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/profile/pool_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Take a part of a pool for a benefit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    require_there(actor, CHANGE_BENEFITS, benefit)
    leave_url = back_address(request, reverse("benefits:profile", args=[benefit.pk]))

    def write(cleaned: dict[str, Any]) -> str:
        chosen: OutcomePool = cleaned["pool"]
        amount = cleaned["amount"]
        if amount is None:
            amount = amount_of_share(chosen.total, cleaned["share"])
        actions.claim_of_pool(actor=actor, pool_id=chosen.pk, benefit_id=benefit.pk, amount=amount)
        return _("Gevinsten har taget %(amount)s af puljen.") % {
            "amount": said(amount, chosen.measure)
        }

    form = ClaimOfPoolForm(posted(request), actor=actor)
    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    rows = list(queries.pools_of(actor))
    claims = queries.claims_on(rows)
    context = {
        "form": form,
        "benefit": benefit,
        "title": _("Tag en andel af en pulje"),
        "crumbs": crumbs(benefit, _("Pulje")),
        "pools": [shown_pool(actor, one, claims[one.pk]) for one in rows],
        "leave_url": leave_url,
        "may_keep": allowed(actor, KEEP_POOLS),
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/profile/claim.html", context, status=status)


@require_http_methods(["GET", "POST"])
def release_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Let a part of a pool go, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.claim_of(actor, claim_id)
    benefit = queries.benefit_of(actor, found.benefit_id)
    require_there(actor, CHANGE_BENEFITS, benefit)
    leave_url = back_address(request, reverse("benefits:pool", args=[found.pool_id]))

    def write(cleaned: dict[str, Any]) -> str:
        actions.release_claim(actor=actor, claim_id=found.pk, **cleaned)
        return _("Andelen er givet fri. Andre gevinster kan nu tage den.")

    form = ReasonForm(posted(request))
    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    title = _("Giv andelen fri")
    context = {
        "form": form,
        "benefit": benefit,
        "title": title,
        "crumbs": crumbs(benefit, title),
        "about": _("%(amount)s af »%(pool)s« bliver fri til andre.")
        % {"amount": said(found.amount, found.pool.measure), "pool": found.pool.name},
        "button": title,
        "leave_url": leave_url,
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/act.html", context, status=status)
