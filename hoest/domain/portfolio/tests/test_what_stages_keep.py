"""What is written beside a stage and its places: why one was early, and when it was written."""

import datetime as dt

import pytest
from django.db import Error, transaction
from django.urls import reverse

from hoest.domain.portfolio.actions import early, stages
from hoest.domain.portfolio.models import Rollout, Stage
from hoest.domain.portfolio.queries.stages import stages_of
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.tests.staging import go_live, learn, take_in
from hoest.domain.portfolio.web.delivery import words
from hoest.foundation.clock import frozen_at, now, today

pytestmark = pytest.mark.django_db


def test_the_reason_stays_with_the_stage_it_was_told_of(manager, rolling, late):
    second = stages_of(rolling)[1].stage
    go_live(manager, late, early_because="Leverandøren tændte for alle")
    third = {"name": "Ny", "starts_on": None, "ends_on": None, "to_learn": ""}

    def move(**more):
        fields = {**third, "rollouts": [late], **more}
        return stages.add_stage(actor=manager, initiative_id=rolling.pk, fields=fields)

    with pytest.raises(early.PlaceIsEarly, match="ikke er åbnet endnu"):
        move()
    late.refresh_from_db()
    assert (late.stage_id, late.early_because) == (second.pk, "Leverandøren tændte for alle")
    # The same words are told anew, of the new stage.
    made = move(early_because="Leverandøren tændte for alle")
    late.refresh_from_db()
    assert (late.stage_id, late.early_told_on) == (made.pk, today())
    take_in(manager, made, [])
    late.refresh_from_db()
    told = (late.stage_id, late.early_because, late.early_told_by_name, late.early_told_on)
    assert told == (None, "", "", None)


def test_a_reason_does_not_follow_into_another_stage_in_the_database_either(manager, rolling, late):
    go_live(manager, late, early_because="Leverandøren tændte for alle")
    fields = {"name": "Ny", "starts_on": None, "ends_on": None, "to_learn": "", "rollouts": []}
    third = stages.add_stage(actor=manager, initiative_id=rolling.pk, fields=fields)
    row = Rollout.objects.filter(pk=late.pk)
    with pytest.raises(Error, match="when its stage is open"), transaction.atomic():
        row.update(stage_id=third.pk)
    row.update(stage_id=None)
    with pytest.raises(Error, match="when its stage is open"), transaction.atomic():
        row.update(stage_id=third.pk)
    row.update(stage_id=third.pk, early_because="Og her gik de med")


def test_one_that_is_written_later_says_so_with_the_day_and_the_name(manager, rolling, client_for):
    first, second = (one.stage for one in stages_of(rolling))
    day = today() - dt.timedelta(days=5)
    with frozen_at(now() - dt.timedelta(days=9)):
        learn(manager, first)
    opened = stages.open_stage(
        actor=manager, stage_id=second.pk, version=second.version, opened_on=day
    )
    assert (opened.opened_told_on, opened.opened_told_by_name) == (today(), manager.name)
    page = text_of(client_for("politician").get(reverse("portfolio:rollouts", args=[rolling.pk])))
    then, written = (" ".join(words.day(one).split()) for one in (day, today()))
    assert f"Åbnet {then}, skrevet {written} af" in page
    Stage.objects.filter(pk=second.pk).update(opened_told_on=day)
    page = text_of(client_for("politician").get(reverse("portfolio:rollouts", args=[rolling.pk])))
    assert f"Åbnet {then}" in page
    assert f"Åbnet {then}, skrevet" not in page
