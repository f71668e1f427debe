"""Our own import contract: a subject's models are imported by nobody outside the subject.

Why: a subject is reached through its actions, queries, rules and permissions, so its tables can
change without the others noticing. Source: architecture §3. Used by `.importlinter`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph


class ModelsStayHome(Contract):  # type: ignore[misc]
    """Broken when a module outside a subject imports the subject's `models`, tests apart."""

    type_name = "models_stay_home"

    domain = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import of every subject's models."""
        strays = sorted(
            (importer, model)
            for subject in graph.find_children(str(self.domain))
            for model in _models_of(graph, subject)
            for importer in graph.find_modules_that_directly_import(model)
            if not _inside(importer, subject) and ".tests" not in importer
        )
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each stray import."""
        for importer, model in check.metadata["strays"]:
            output.print_error(f"{importer} may not import {model}: use actions or queries")


def _models_of(graph: ImportGraph, subject: str) -> set[str]:
    root = f"{subject}.models"
    if root not in graph.modules:
        return set()
    return {root, *graph.find_descendants(root)}


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
