"""No figure of what came is shown, kept or written to a file without grade and verdict.

Three nets. Whatever holds such a figure holds a proof; whatever template or module writes one
writes the proof too; and the files that people get carry both columns, filled in every row. The
subject of evidence makes the estimates and is not among those watched here.
"""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules import MethodGrade, Proof, Verdict
from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.web import graded
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.benefits.web.tables import BenefitTable, DisbenefitTable
from hoest.domain.reporting.web import files, track_record_files
from hoest.foundation import content
from hoest.foundation.access.actor import Actor

Actors = Callable[[str], Actor]
DOMAIN = Path(__file__).parents[2]
WATCHED = ("benefits", "business_cases", "portfolio", "reporting")
# What came, under the names the code gives it.
FIGURES = {"realised", "achieved_by_year", "last_value", "measured_value"}
# Where such a figure stands without a proof of its own, and why.
BESIDE = {
    "reporting/rules/track_record.py:Background": "stands in a Case, beside the figures' proof",
    "benefits/queries/promised.py:Reach": "a rule's step towards a Background",
}
PROVING = ("proof", "proofs", "figures", "graded")


def _files(*patterns: str) -> Iterator[Path]:
    for subject in WATCHED:
        for pattern in patterns:
            for path in sorted((DOMAIN / subject).glob(pattern)):
                if "tests" not in path.parts and "migrations" not in path.parts:
                    yield path


def _holders(source: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each class that holds a figure of what came, with all the names it holds."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            fields = {
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            }
            names = fields | {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
            if fields & FIGURES:
                yield node.name, names


def test_whatever_holds_what_came_holds_how_it_is_known() -> None:
    found = [
        (f"{path.relative_to(DOMAIN)}:{name}", names)
        for path in _files("**/*.py")
        for name, names in _holders(path.read_text("utf-8"))
    ]
    assert {where.split(":")[1] for where, _names in found} >= {"Taken", "BenefitFigures", "Case"}
    bare = [where for where, names in found if not names & set(PROVING) and where not in BESIDE]
    assert bare == []
    assert set(BESIDE) <= {where for where, _names in found}


def test_a_holder_without_a_proof_is_found() -> None:
    bare = "class Row:\n    realised: int\n    title: str\n"
    [(name, names)] = _holders(bare)
    assert name == "Row"
    assert not names & set(PROVING)


WRITTEN = re.compile(r"\{\{[^}]*\b(" + "|".join(FIGURES) + r")\b[^}]*\}\}|with [^%]*=last_value")


def test_a_template_that_writes_what_came_writes_how_it_is_known() -> None:
    found = {
        path: path.read_text("utf-8")
        for path in _files("templates/**/*.html")
        if WRITTEN.search(path.read_text("utf-8"))
    }
    assert len(found) >= 4
    bare = [str(path.relative_to(DOMAIN)) for path, text in found.items() if "graded" not in text]
    assert bare == []


def _writes_what_came(source: str) -> bool:
    """Tell whether a module of pages or files reads a figure of what came from a row."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in FIGURES)
        or (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and node.slice.value in FIGURES
        )
        for node in ast.walk(ast.parse(source))
    )


def test_a_module_that_writes_what_came_writes_how_it_is_known() -> None:
    wrote = [p for p in _files("web/**/*.py") if _writes_what_came(p.read_text("utf-8"))]
    assert len(wrote) >= 4
    bare = [
        str(path.relative_to(DOMAIN))
        for path in wrote
        if not re.search(r"\b(Graded|cells|spread)\(", path.read_text("utf-8"))
    ]
    assert bare == []


@pytest.mark.parametrize("table", [BenefitTable, DisbenefitTable])
def test_the_list_carries_both_columns_and_never_one_alone(table: Any) -> None:
    names = [name for name, _column in table([]).columns_in_order()]
    assert {"method", "verdict"} <= set(names)
    shown = [name for name, column in table([]).page_columns() if not column.wide]
    assert "verdict" in shown


def test_every_row_of_the_list_says_both_on_the_page_in_a_file_and_to_a_program(
    here: int, actor: Actors
) -> None:
    reader = actor("controller")
    rows = queries.with_noted(queries.with_rows(queries.gains_of(reader)))
    proofs = queries.proofs_in(queries.gains_of(reader))
    table = BenefitTable([])
    names = [name for name, _column in table.columns_in_order()]
    assert {proof.grade for proof in proofs.values()} >= {0, 1}
    for record in rows:
        proof = proofs[record.pk]
        facts = table.facts(record)
        assert (facts["method"], facts["verdict"]) == (proof.grade.code, proof.verdict.code)
        sheet = dict(zip(names, next(table.sheet_rows([record])), strict=True))
        said = Graded(proof)
        assert (sheet["method"], sheet["verdict"]) == (said.grade, said.verdict)
        assert f">{said.said}<" in table.render_verdict(record)


@pytest.mark.parametrize("ending", ["csv"])
def test_the_file_of_the_list_has_both_columns_filled(
    client_for: Callable[[str], Client], ending: str
) -> None:
    answer = client_for("controller").get(reverse("benefits:benefits"), {"format": ending})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    places = [head.index(word) for word in reversed(graded.headings())]
    assert rows
    assert all(row[place] for row in rows for place in places)


def test_the_files_of_the_account_and_the_track_record_have_both_columns(
    here: int, actor: Actors
) -> None:
    from hoest.domain.reporting.queries import figures_of
    from hoest.domain.reporting.rules import accounts_of

    rows = figures_of(actor("executive"))
    of_type = [row for row in rows if row.benefit_type == rows[0].benefit_type]
    [account, *_others] = accounts_of(of_type)
    head, *lines = files._benefits(account)
    for word in graded.headings():
        assert all(line[head.index(word)] for line in lines)
    assert set(graded.headings()) <= set(track_record_files._case_headings("kr. om året"))


def test_the_filter_keeps_those_whose_effect_is_called_that(
    here: int, actor: Actors, client_for: Callable[[str], Client]
) -> None:
    seen = queries.gains_of(actor("controller"))
    studied = Benefit.objects.get(organisation_id=here, title__startswith="Frigjorte").pk
    everything = set(seen.values_list("pk", flat=True))
    assert queries.ids_with_verdict(seen, "shown") == [studied]
    assert set(queries.ids_with_verdict(seen, "cannot")) == everything - {studied}
    page = client_for("controller").get(reverse("benefits:benefits"), {"verdict": "shown"})
    assert page.status_code == 200


def test_a_sum_is_known_as_the_benefits_behind_it_are() -> None:
    shown = Proof(MethodGrade.COMPARED, Verdict.SHOWN)
    counted = Proof(MethodGrade.COUNTED, Verdict.CANNOT)
    with override("da"):
        assert graded.spread([]) == ""
        assert graded.spread([counted, shown, counted]) == (
            "1 er sammenlignet · vist, 2 er talt før og efter · kan ikke vises"
        )


@pytest.mark.parametrize("grade", MethodGrade)
@pytest.mark.parametrize("verdict", Verdict)
def test_why_explains_both_and_what_would_make_more_possible(
    grade: MethodGrade, verdict: Verdict
) -> None:
    with override("da"):
        why = Graded(Proof(grade, verdict)).why
        assert content.explanation("method_grade", grade.code) in why
        assert content.explanation("effect_verdict", verdict.code) in why
        assert content.lifts(grade.code, kind="method_grade") in why
        assert ("Det kan gøre mere muligt" in why) == (verdict is not Verdict.SHOWN)
        assert Graded(CLAIMED).said == "påstået · kan ikke vises"
