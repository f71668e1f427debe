"""One's own messages: what waits, what was sent, one's own choice."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.foundation import clock
from hoest.foundation.audit.models import Act
from hoest.foundation.messages.models import MailChoice
from tests.support.world import MARKERS, THERE

pytestmark = pytest.mark.django_db
MINE = "/beskeder/"


def test_a_person_sees_what_waits_and_what_was_sent_to_her_alone(client_for):
    page = client_for("benefit_owner").get(MINE)
    assert page.status_code == 200
    assert "Venter" in page.text
    assert "benefit_owner@aadal.example" in page.text
    assert MARKERS[THERE] not in page.text
    other = client_for("politician").get(MINE)
    assert "Ingen beskeder venter på dig" in other.text
    assert "benefit_owner@" not in other.text


def test_a_choice_is_saved_logged_and_shown(client_for, actor, here):
    client = client_for("benefit_owner")
    away = clock.today() + dt.timedelta(days=20)
    answer = client.post(MINE, {"rhythm": "weekly", "weekday": "3", "away_until": away.isoformat()})
    assert answer.status_code == 302
    choice = MailChoice.objects.get(person_id=actor("benefit_owner").person_id)
    assert (choice.rhythm, choice.weekday, choice.away_until) == ("weekly", 3, away)
    assert Act.objects.filter(organisation_id=here, verb="messages.choose").exists()
    assert 'value="weekly"' in client.get(MINE).text


def test_a_day_gone_by_is_told_and_keeps_nothing_back(client_for, actor):
    gone = clock.today() - dt.timedelta(days=3)
    sent = {"rhythm": "daily", "weekday": "0", "away_until": gone.isoformat()}
    page = client_for("benefit_owner").post(MINE, sent, follow=True).text
    assert "er gået, så du regnes ikke som væk" in page
    person = actor("benefit_owner").person_id
    assert MailChoice.objects.get(person_id=person).away_until is None


@pytest.mark.parametrize(
    "facts",
    [
        {"rhythm": "hourly", "weekday": "0"},
        {"rhythm": "daily", "weekday": "9"},
        {"rhythm": "daily", "weekday": "0", "away_until": "2199-01-01"},
        {},
    ],
)
def test_a_choice_that_makes_no_sense_comes_back_with_its_words(client_for, facts):
    answer = client_for("benefit_owner").post(MINE, facts)
    assert answer.status_code == 422


def test_the_page_of_ones_account_leads_there(client_for):
    assert MINE in client_for("benefit_owner").get(reverse("access:me")).text


def test_the_page_asks_the_same_number_of_questions_however_much_was_sent(
    client_for, django_assert_max_num_queries
):
    client = client_for("benefit_owner")
    client.get(MINE)
    with django_assert_max_num_queries(17):
        client.get(MINE)
