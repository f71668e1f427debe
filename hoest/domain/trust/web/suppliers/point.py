"""What the page of suppliers says in one sentence."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.trust.queries.suppliers import Dependence, suppliers_of
from hoest.foundation.access.actor import Actor
from hoest.ui import formats


def dependence_point(actor: Actor, whole: Dependence) -> str:
    """Say who has most of the critical systems, else who has most of the kroner."""
    leanings = list(whole.by_supplier.values())
    if not leanings:
        return _("Ingen leverandører endnu")
    top = max(leanings, key=lambda one: (one.critical, one.yearly_dkk or 0, -one.supplier_id))
    name = suppliers_of(actor).values_list("name", flat=True).get(pk=top.supplier_id)
    language = get_language() or "da"
    if top.critical and top.spend_share is not None:
        return _(
            "%(name)s står bag %(n)s af %(all)s kritiske systemer og %(share)s af den kendte udgift"
        ) % {
            "name": name,
            "n": formats.number(top.critical),
            "all": formats.number(whole.critical),
            "share": formats.percent(top.spend_share, language=language),
        }
    if top.critical:
        return _("%(name)s står bag %(n)s af %(all)s kritiske systemer") % {
            "name": name,
            "n": formats.number(top.critical),
            "all": formats.number(whole.critical),
        }
    return _("%(count)s leverandører, men ingen systemer er oplyst som kritiske") % {
        "count": formats.number(len(leanings))
    }
