"""How each wave and each period did: as the engine averages, and only where the answer says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import Asked, CannotEstimate, estimated
from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.web.effect.averages import averages_of, control_said

MONTHS = [dt.date(2025, month, 1) for month in range(1, 13)]
STARTS = {"A": MONTHS[5], "B": MONTHS[5], "C": MONTHS[8], "D": None, "E": None, "F": None}


def panel(leave_out: tuple[str, dt.date] | None = None) -> list[Any]:
    """Twelve months: the first wave gains 2, the second 5, whatever the place and the month."""
    rows = []
    for turn, (place, start) in enumerate(STARTS.items()):
        gain = 5 if place == "C" else 2
        for number, month in enumerate(MONTHS):
            if (place, month) == leave_out:
                continue
            effect = gain if start is not None and month >= start else 0
            rows.append((place, month, 10.0 * turn + number + effect, start, ""))
    return rows


@pytest.mark.parametrize("method", ["did", "cs"])
def test_each_wave_and_period_has_its_average_and_how_many_are_behind_it(method: str) -> None:
    found = estimated(panel(), Asked(method, "notyet", 1, "month", False)).details["averages"]
    assert [(one[0], one[1], round(one[2], 9)) for one in found["waves"]] == [
        ("2025-06-01", 2, 2.0),
        ("2025-09-01", 1, 5.0),
    ]
    # One place has no error that holds; two have.
    assert found["waves"][0][3] is not None
    assert found["waves"][1][3] is None
    by_period = {one[0]: (one[1], round(one[2], 9)) for one in found["calendar"]}
    assert by_period["2025-06-01"] == (2, 2.0)
    assert by_period["2025-09-01"] == (3, 3.0)
    assert min(by_period) == "2025-06-01"


def test_there_are_none_with_missing_values_or_another_method() -> None:
    asked = Asked("did", "notyet", 1, "month", False)
    assert estimated(panel(("D", MONTHS[2])), asked).details["averages"] is None
    one = [row if row[0] == "A" else (*row[:3], None, "") for row in panel()]
    synthetic = estimated(one, Asked("sdid", "notyet", 1, "month", False))
    assert synthetic.details["averages"] is None


def test_rows_where_nobody_began_are_refused_by_name() -> None:
    nobody = [(*row[:3], None, "") for row in panel()]
    with pytest.raises(CannotEstimate) as refused:
        estimated(nobody, Asked("did", "notyet", 1, "month", False))
    assert refused.value.code == "NobodyStarted"


@pytest.mark.django_db
def test_the_annex_tells_of_waves_only_where_the_answer_holds_them(
    here: int, client_for: Any
) -> None:
    study = Study.objects.select_related("series").get(organisation_id=here)
    latest = queries.latest_of(study)
    assert latest is not None
    page = reverse("evidence:effect", args=[study.benefit_id])
    client = client_for("executive")
    told = averages_of(study, latest)
    assert len(told["waves"]) == 3
    body = client.get(page).content.decode()
    assert "Sådan gik det hver bølge" in body
    for began, places, effect, error in told["waves"]:
        assert (places, error) == ("1", "for få steder")
        assert f">{began}</th>" in body
        assert f">{effect}</td>" in body
    before = Estimate.objects.get(pk=latest.pk)
    before.pk, before.number = None, latest.number + 1
    before.answer = {name: said for name, said in latest.answer.items() if name != "averages"}
    before.save()
    assert averages_of(study, before) == {}
    assert "Sådan gik det hver bølge" not in client.get(page).content.decode()


@pytest.mark.django_db
def test_the_averages_say_how_far_the_other_method_is_from_the_answer(here: int) -> None:
    latest = queries.latest_of(Study.objects.get(organisation_id=here))
    assert latest is not None
    latest.method, latest.estimate, latest.answer["error"] = "did", -3.29, 0.5
    latest.answer["checks"]["other"] = {"estimate": -2.53, "error": 0.4}
    assert control_said(latest).endswith("Den giver −2,53 i alt; svaret er −3,29.")
    latest.answer["checks"]["other"] = None
    assert control_said(latest) == "Her er kontrolmetoden brugt (Callaway og Sant’Anna)."
    latest.method = "cs"
    assert control_said(latest) == ""
