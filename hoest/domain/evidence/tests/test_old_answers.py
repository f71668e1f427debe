"""An old answer keeps its numbers: they can be fetched and give the same figures again."""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.series import GivenPoint, add_points
from hoest.domain.evidence.calculations import ENGINE_VERSION, Asked, estimated
from hoest.domain.evidence.models import Estimate, EstimateInput, Study
from hoest.domain.evidence.rules import Origin
from hoest.domain.evidence.rules.asked import packed, unpacked
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(here: int) -> Study:
    """The study the municipality has."""
    return Study.objects.select_related("series", "benefit__initiative").get(organisation_id=here)


def corrected(study: Study, actor: Any) -> tuple[Estimate, Estimate]:
    """Correct every value of a place, estimate again; return the old answer and the new one."""
    old = queries.latest_of(study)
    assert old is not None
    rows = [one for one in queries.points_of(study.series) if not one.place.is_elsewhere]
    own = [one for one in rows if one.place_id == rows[0].place_id]
    add_points(
        actor=actor("controller"),
        series_id=study.series_id,
        given=[GivenPoint(one.place.name, one.period, one.value + 7) for one in own[-4:]],
        origin=Origin.TYPED,
        source="rettet",
    )
    new, is_new = actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert is_new
    return old, new


def test_what_is_kept_is_the_text_of_the_fingerprint_itself(study: Study) -> None:
    latest = queries.latest_of(study)
    assert latest is not None
    found = queries.asked_of(latest)
    assert found is not None
    assert hashlib.sha256(found.text.encode()).hexdigest() == latest.data_hash
    assert unpacked(packed(found)) == found
    assert found.rows == queries.data_of(study).rows


def test_an_old_answer_is_made_again_after_the_numbers_were_corrected(
    study: Study, actor: Any
) -> None:
    old, new = corrected(study, actor)
    assert old.data_hash != new.data_hash
    assert not math.isclose(old.estimate or 0, new.estimate or 0, rel_tol=1e-6)
    found = queries.asked_of(old)
    assert found is not None
    assert found.sha256 == old.data_hash
    assert old.engine_version == ENGINE_VERSION
    again = estimated(
        found.rows, Asked(found.method, found.control, found.seed, found.step, found.was_drawn)
    )
    assert (again.estimate, again.low, again.high, again.p) == (
        old.estimate,
        old.low,
        old.high,
        old.p,
    )


def test_the_files_of_an_old_answer_give_its_figure_with_the_engine_alone(
    study: Study, actor: Any, client_for: Any, tmp_path: Path
) -> None:
    old, new = corrected(study, actor)
    client = client_for("executive")
    for name in ("old_data", "old_script"):
        answer = client.get(reverse(f"evidence:{name}", args=[old.pk]))
        kept = tmp_path / answer["Content-Disposition"].split('"')[1]
        kept.write_bytes(answer.content)
    now = client.get(reverse("evidence:data", args=[study.pk])).content
    assert now != (tmp_path / f"effekt-{study.pk}-svar-1.csv").read_bytes()
    assert now == client.get(reverse("evidence:old_data", args=[new.pk])).content
    done = subprocess.run(
        [sys.executable, str(tmp_path / f"effekt-{study.pk}-svar-1.py")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(Path(__file__).parents[4]),
            "PATH": "",
            "OPENBLAS_NUM_THREADS": "1",
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["same_data"] is True
    assert math.isclose(answer["estimate"], old.estimate or 0, rel_tol=1e-12)
    assert answer["p"] == old.p


def test_the_page_offers_the_numbers_of_each_answer_and_says_where_there_are_none(
    study: Study, actor: Any, client_for: Any
) -> None:
    old, new = corrected(study, actor)
    page = reverse("evidence:effect", args=[study.benefit_id])
    client = client_for("executive")
    body = client.get(page).content.decode()
    for one in (old, new):
        assert reverse("evidence:old_data", args=[one.pk]) in body
        assert reverse("evidence:old_script", args=[one.pk]) in body
    assert "Tallene bag svaret er ikke gemt" not in body
    # An answer from before the numbers were kept has a fingerprint that nothing is kept under.
    before = Estimate.objects.get(pk=new.pk)
    before.pk, before.number, before.data_hash = None, new.number + 1, "0" * 64
    before.save()
    body = client.get(page).content.decode()
    assert "Tallene bag svaret er ikke gemt" in body
    assert reverse("evidence:old_data", args=[before.pk]) not in body
    told = client.get(reverse("evidence:old_data", args=[before.pk]), follow=True)
    assert "Svaret er regnet, før Høst gemte tallene bag hvert svar" in told.content.decode()


def test_the_same_numbers_are_kept_once_and_never_changed(study: Study, actor: Any) -> None:
    before = EstimateInput.objects.count()
    _same, is_new = actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert not is_new
    assert EstimateInput.objects.count() == before
    row = EstimateInput.objects.first()
    assert row is not None
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        EstimateInput.objects.filter(pk=row.pk).update(content=b"x")


def test_another_municipality_neither_sees_nor_fetches_them(study: Study, client_for: Any) -> None:
    latest = queries.latest_of(study)
    assert latest is not None
    there = client_for("controller", there=True)
    for name in ("old_data", "old_script"):
        assert there.get(reverse(f"evidence:{name}", args=[latest.pk])).status_code == 404
    with acting_for(organisation_id(THERE)):
        assert not EstimateInput.objects.filter(data_hash=latest.data_hash).exists()
