"""The maps to begin from: read, checked, and refused with what is wrong and where."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from hoest.foundation.content import ContentFault, map_templates
from hoest.foundation.content.benefit_maps import BENEFITS, FILE, KINDS, read_benefit_maps
from hoest.foundation.content.files import SHIPPED


@pytest.fixture
def raw() -> dict[str, Any]:
    return copy.deepcopy(yaml.safe_load(Path(SHIPPED / FILE).read_text(encoding="utf-8")))


def test_every_template_is_a_whole_chain_from_deliverable_to_benefits() -> None:
    for template in map_templates().values():
        kind = {one.name: one.kind for one in template.nodes}
        joined = {name for arrow in template.arrows for name in arrow}
        assert set(kind) <= joined, template.code
        before: dict[str, set[str]] = {}
        for source, target in template.arrows:
            before.setdefault(target, set()).add(source)
        behind, waiting = set(), [BENEFITS]
        while waiting:
            for one in before.get(waiting.pop(), set()) - behind:
                behind.add(one)
                waiting.append(one)
        assert {"deliverable", "behaviour", "effect"} <= {kind[one] for one in behind}
        assert {one.kind for one in template.nodes} <= set(KINDS) - {"benefit", "purpose"}
        assert template.examples


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one["nodes"]["equipment"].update(kind="ting"), "kender ikke slagsen 'ting'"),
        (lambda one: one["nodes"]["equipment"].pop("en"), "skal have kind, da og en"),
        (lambda one: one["nodes"]["equipment"].update(efter=None), "anførselstegn"),
        (lambda one: one["arrows"].append(["equipment", "nowhere"]), "der ikke findes"),
        (lambda one: one.pop("title_da"), "mangler feltet 'title_da'"),
    ],
)
def test_a_fault_says_what_and_where(raw: dict[str, Any], change: Any, said: str) -> None:
    change(raw["welfare_technology"])
    with pytest.raises(ContentFault, match=said):
        read_benefit_maps(FILE, raw)
