"""Ranges, risks and grounds of the demo's business cases: written in the first version.

Later versions begin with them, as any draft does. They are told in content/demo/uncertainty.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.business_cases import actions, queries
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content.files import read_yaml

TOLD = words("ranges risks grounds")
RISK_TOLD = words("risk percent tkr why then met")
THOUSAND = Decimal(1000)


@lru_cache(maxsize=1)
def _told() -> Mapping[str, Any]:
    return dict(read_yaml(content.path("demo/uncertainty.yaml")))


def tell(controller: Actor, story: str, draft: Any) -> int:
    """Write what is told of a story's uncertainty into its draft; return the draft's version."""
    told = _told().get(story, {})
    refuse_unknown(told, TOLD, f"usikkerheden i {story}")
    draft.refresh_from_db()
    _ranges(controller, draft, told.get("ranges", {}))
    for one in told.get("risks", ()):
        refuse_unknown(one, RISK_TOLD, f"risikoen {one.get('risk')}")
        draft.refresh_from_db()
        actions.set_risk(
            actor=controller, version_id=draft.pk, version=draft.version, risk=_risk(one)
        )
    for aspect, ground in told.get("grounds", {}).items():
        now, after, said = (None, None, ground) if isinstance(ground, str) else ground
        draft.refresh_from_db()
        actions.set_ground(
            actor=controller,
            version_id=draft.pk,
            version=draft.version,
            ground=actions.Ground(aspect, now, after, said),
        )
    draft.refresh_from_db()
    return int(draft.version)


def _ranges(controller: Actor, draft: Any, told: Mapping[str, Any]) -> None:
    wanted = [
        actions.RangeInput(line.line_id, Decimal(str(low)), Decimal(str(high)), basis)
        for line in queries.figures_of(draft)
        if line.line_key in told
        for low, high, basis in [told[line.line_key]]
    ]
    actions.set_ranges(actor=controller, version_id=draft.pk, version=draft.version, ranges=wanted)


def _risk(told: Mapping[str, Any]) -> actions.RiskInput:
    low, likely, high = (Decimal(str(amount)) * THOUSAND for amount in told["tkr"])
    return actions.RiskInput(
        title=told["risk"],
        probability=Decimal(str(told["percent"])) / 100,
        low_dkk=low,
        likely_dkk=likely,
        high_dkk=high,
        probability_because=told.get("why", ""),
        if_it_happens=told.get("then", ""),
        mitigation_key=told.get("met", ""),
    )
