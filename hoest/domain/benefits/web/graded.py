"""Grade and verdict of a figure in words, as the graded component and every file show them.

Whatever shows what a benefit has given carries one of these beside the figure, made of a `Proof`:
there is no other way to write them, so that the figure is never shown without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.rules import Proof, Verdict
from hoest.domain.benefits.web import words
from hoest.foundation import content
from hoest.ui import formats


@dataclass(frozen=True)
class Graded:
    """A proof as pages and files write it; every text is in the reader's language."""

    proof: Proof

    @property
    def grade(self) -> str:
        """How the figure was made: "talt før og efter"."""
        return content.label("method_grade", self.proof.grade.code)

    @property
    def verdict(self) -> str:
        """What it may be called: "kan ikke vises"."""
        return content.label("effect_verdict", self.proof.verdict.code)

    @property
    def is_shown(self) -> bool:
        """Whether the effect is shown in the wished direction."""
        return self.proof.is_shown

    @property
    def said(self) -> str:
        """Both in one small line, for a cell or a sentence."""
        return f"{self.grade} · {self.verdict}"

    @property
    def why(self) -> str:
        """What grade and verdict mean, and what would make more possible."""
        grade, verdict = self.proof.grade.code, self.proof.verdict
        told = [content.explanation("method_grade", grade)]
        told.append(content.explanation("effect_verdict", verdict.code))
        if self.proof.is_estimated and self.proof.on is not None:
            day = formats.long_date(self.proof.on, words.language())
            told.append(_("Vurderet %(day)s.") % {"day": day})
        if verdict is not Verdict.SHOWN:
            told.append(_("Det kan gøre mere muligt:"))
        return " ".join([*told, content.lifts(grade, kind="method_grade")])


def spread(proofs: Iterable[Proof]) -> str:
    """Say how the benefits behind a sum are known, the best known first; empty for none.

    A sum has no grade of its own: "1 er sammenlignet · vist, 2 er talt før og efter · kan ikke
    vises".
    """
    counts = Counter((proof.grade, proof.verdict) for proof in proofs)
    order = list(Verdict)
    said = []
    for grade, verdict in sorted(counts, key=lambda one: (order.index(one[1]), -one[0])):
        n = counts[grade, verdict]
        said.append(
            ngettext("%(n)s er %(said)s", "%(n)s er %(said)s", n)
            % {"n": formats.number(n), "said": Graded(Proof(grade, verdict)).said}
        )
    return ", ".join(said)


def headings() -> list[str]:
    """Return the two headings that stand beside a figure in every file."""
    return [content.kind_label("method_grade"), content.kind_label("effect_verdict")]


def cells(proof: Proof) -> list[str]:
    """Return grade and verdict as the two cells under `headings`."""
    graded = Graded(proof)
    return [graded.grade, graded.verdict]
