"""Lessons: written, found when something like it begins, and shared by decision alone."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio.actions import lessons as acts
from hoest.domain.portfolio.models import Initiative, Lesson, SharedLesson
from hoest.domain.portfolio.queries.lessons import shared_by_others, shared_url
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.web.lessons.asking import lessons_to_write
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed
from hoest.foundation.search import similar
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Vagtplaner på tavler", "came": "Ingen kiggede", "why": "Tavlen hang forkert"}


def write(actor, **changes):
    """Write a lesson as the portfolio manager."""
    fields = {**TEXTS, "learnt_on": today(), **changes}
    return acts.write_lesson(actor=actor("portfolio_manager"), fields=fields)


def test_it_is_shown_when_something_like_it_is_written(actor):
    one = write(actor)
    found = similar.find(actor("unit_leader"), "Ny vagtplanlægning i hjemmeplejen")
    assert found[0].thing.url == reverse("lessons:lesson", args=[one.pk])


def test_the_neighbours_lessons_are_not_there_until_they_are_shared(actor, client_for):
    theirs = Lesson.objects.filter(organisation_id=organisation_id(THERE))
    assert not theirs.exists()
    client = client_for("executive")
    for name in ("lessons:lessons", "lessons:others", "similar:similar"):
        page = text_of(client.get(reverse(name), {"tekst": "tabletter til alle mødeplaner"}))
        assert MARKERS[THERE] not in page
    shared = shared_by_others(actor("executive")).get()
    assert shared.title == "Mødeplaner på papir"
    page = text_of(client.get(shared_url(shared.pk)))
    assert "Bakkeby Kommune" in page
    found = similar.find(actor("executive"), "mødeplaner")
    assert shared_url(shared.pk) in [like.thing.url for like in found]


def test_nobody_else_can_change_or_take_back_what_was_shared(here, actor):
    theirs = SharedLesson.objects.exclude(organisation_id=here).get()
    assert SharedLesson.objects.filter(pk=theirs.pk).update(title="Vores") == 0
    assert SharedLesson.objects.filter(pk=theirs.pk).delete()[0] == 0
    with acting_for(organisation_id(THERE)):
        assert SharedLesson.objects.get(pk=theirs.pk).title == "Mødeplaner på papir"


def test_what_is_shared_is_the_copy_that_was_seen(actor):
    one = write(actor)
    manager = actor("portfolio_manager")
    copy = acts.share_lesson(actor=manager, lesson_id=one.pk, version=one.version)
    fields = {**TEXTS, "learnt_on": today(), "came": "To kiggede"}
    changed = acts.change_lesson(actor=manager, lesson_id=one.pk, version=1, fields=fields)
    copy.refresh_from_db()
    assert (changed.came, copy.came) == ("To kiggede", "Ingen kiggede")
    acts.share_lesson(actor=manager, lesson_id=one.pk, version=changed.version)
    copy.refresh_from_db()
    assert copy.came == "To kiggede"
    acts.withdraw_lesson(actor=manager, lesson_id=one.pk, version=changed.version)
    with acting_for(organisation_id(THERE)):
        assert not SharedLesson.objects.filter(pk=copy.pk).exists()


def test_only_some_share_and_nobody_learns_from_the_future(actor):
    one = write(actor)
    with pytest.raises(NotAllowed):
        acts.share_lesson(actor=actor("unit_leader"), lesson_id=one.pk, version=1)
    with pytest.raises(acts.LessonIsFromTheFuture):
        write(actor, learnt_on=today() + dt.timedelta(days=1))


def test_it_is_asked_of_who_led_what_has_ended_until_it_is_written(actor, here, client_for):
    leader = actor("initiative_lead")
    ended = Initiative.objects.get(organisation_id=here, title__startswith="Stemmestyret journal")
    Initiative.objects.filter(pk=ended.pk).update(lead_id=leader.person_id)
    asked = list(lessons_to_write(leader, today()))
    assert [one.subject_id for one in asked] == [ended.pk]
    page = client_for("initiative_lead").get(asked[0].act_url)
    assert ended.title in text_of(page) or ended.title in page.content.decode()
    write(actor, initiative=ended)
    assert not list(lessons_to_write(leader, today()))


def test_the_lists_ask_as_often_with_many_as_with_few(client_for, actor):
    client = client_for("executive")
    for name in ("lessons:lessons", "lessons:others", "purchases:purchases", "marks:marks"):
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as few:
            assert client.get(reverse(name)).status_code == 200
        for number in range(30):
            write(actor, title=f"Erfaring {number}")
        with CaptureQueriesContext(connection) as many:
            client.get(reverse(name))
        assert len(many) == len(few), name
