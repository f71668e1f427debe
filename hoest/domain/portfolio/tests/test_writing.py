"""Drafts survive, and two people never overwrite each other."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.portfolio import actions
from hoest.domain.portfolio.tests.shared import posted, text_of
from hoest.domain.portfolio.web.words import as_clause
from hoest.foundation.forms.models import Draft

pytestmark = pytest.mark.django_db


class TestDrafts:
    """What is written survives a lost session and touches nothing until it is saved."""

    def test_a_draft_is_kept_shown_and_gone_when_it_is_saved(self, client_for, training):
        client = client_for("portfolio_manager")
        typed = posted(client, training, theme="Halvt skrevet", live_on="ikke en dato")
        keep = reverse("portfolio:keep_draft", args=[training.pk])
        assert client.post(keep, typed).status_code == 204
        training.refresh_from_db()
        assert training.theme == "Nære fællesskaber"
        client.logout()
        again = client_for("portfolio_manager")
        page = again.get(reverse("portfolio:edit", args=[training.pk]))
        assert page.context["form"]["theme"].value() == "Halvt skrevet"
        assert 'value="ikke en dato"' in page.content.decode()
        assert "Her står din kladde fra" in text_of(page)
        again.post(
            reverse("portfolio:edit", args=[training.pk]), {**typed, "live_on": "01-03-2026"}
        )
        training.refresh_from_db()
        assert (training.theme, training.live_on) == ("Halvt skrevet", dt.date(2026, 3, 1))
        assert not Draft.objects.filter(object_id=training.pk).exists()

    def test_a_draft_is_nobody_elses_business(self, client_for, training):
        client = client_for("portfolio_manager")
        keep = reverse("portfolio:keep_draft", args=[training.pk])
        client.post(keep, posted(client, training, theme="Hemmeligt"))
        for role in ("unit_leader", "initiative_lead"):
            page = client_for(role).get(reverse("portfolio:edit", args=[training.pk]))
            assert "Hemmeligt" not in page.content.decode()
        assert client_for("controller").post(keep, {"title": "x"}).status_code == 403
        assert client_for("portfolio_manager", there=True).post(keep, {}).status_code == 404

    def test_a_draft_of_a_new_one_is_kept_and_thrown_away(self, client_for, here):
        client = client_for("initiative_lead")
        assert client.post(reverse("portfolio:keep_new"), {"title": "Kim"}).status_code == 204
        assert client.post(reverse("portfolio:keep_new"), {"title": "Kimen"}).status_code == 204
        assert Draft.objects.filter(form_name="portfolio.initiative", object_id=0).count() == 1
        page = client.get(reverse("portfolio:create"))
        assert page.context["form"]["title"].value() == "Kimen"
        client.post(reverse("portfolio:drop_new"))
        assert client.get(reverse("portfolio:create")).context["form"]["title"].value() is None

    def test_a_draft_that_says_what_stands_is_not_shown(self, client_for, training):
        client = client_for("portfolio_manager")
        keep = reverse("portfolio:keep_draft", args=[training.pk])
        client.post(keep, posted(client, training))
        page = client.get(reverse("portfolio:edit", args=[training.pk]))
        assert page.context["draft"] is None

    def test_a_draft_takes_no_more_than_a_form_can_hold(self, client_for, training):
        keep = reverse("portfolio:keep_draft", args=[training.pk])
        answer = client_for("portfolio_manager").post(keep, {"in_practice": "x" * 20_001})
        assert answer.status_code == 422


class TestTwoPeople:
    """Somebody else's change is shown, never overwritten."""

    def change_in_between(self, actor, training):
        actions.change_initiative(
            actor=actor("unit_leader"),
            initiative_id=training.pk,
            version=1,
            fields={"theme": "Deres tema", "reference": "Sag 7"},
        )

    def test_both_versions_are_shown_and_nothing_is_overwritten(self, client_for, actor, training):
        client = client_for("portfolio_manager")
        mine = posted(client, training, theme="Mit tema")
        self.change_in_between(actor, training)
        answer = client.post(reverse("portfolio:edit", args=[training.pk]), mine)
        assert answer.status_code == 409
        words = text_of(answer)
        assert "En anden har rettet imens" in words
        assert "Mit tema" in words
        assert "Deres tema" in words
        training.refresh_from_db()
        assert (training.theme, training.version) == ("Deres tema", 2)
        guesses = {one.name: one.keep_mine for one in answer.context["choices"]}
        assert guesses == {"theme": True, "reference": False}

    def test_the_choice_is_saved_in_one_step(self, client_for, actor, training):
        client = client_for("portfolio_manager")
        mine = posted(client, training, theme="Mit tema")
        self.change_in_between(actor, training)
        url = reverse("portfolio:edit", args=[training.pk])
        page = client.post(url, mine)
        chosen = dict(page.context["unchanged"])
        for one in page.context["choices"]:
            chosen[one.name] = one.mine_posted if one.keep_mine else one.theirs_posted
        answer = client.post(url, {**chosen, "version": page.context["version"]})
        assert answer.status_code == 302
        training.refresh_from_db()
        assert (training.theme, training.reference) == ("Mit tema", "Sag 7")
        assert training.in_practice == "borgere kan træne hjemme med vejledning på skærmen"

    def test_a_draft_begun_before_the_change_still_meets_it(self, client_for, actor, training):
        client = client_for("portfolio_manager")
        keep = reverse("portfolio:keep_draft", args=[training.pk])
        client.post(keep, posted(client, training, theme="Mit tema"))
        self.change_in_between(actor, training)
        url = reverse("portfolio:edit", args=[training.pk])
        page = client.get(url)
        assert page.context["version"] == 1
        answer = client.post(url, posted(client, training))
        assert answer.status_code == 409

    def test_a_small_act_on_an_old_version_is_refused(self, client_for, actor, training):
        self.change_in_between(actor, training)
        answer = client_for("portfolio_manager").post(
            reverse("portfolio:adoption", args=[training.pk]),
            {"share": "50", "on": "2026-01-01", "version": 1},
        )
        assert answer.status_code == 409


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Borgere træner derhjemme.", "borgere træner derhjemme."),
        ("Det betyder i praksis, at Borgere træner", "borgere træner."),
        ("SOSU-hjælpere kører mindre", "SOSU-hjælpere kører mindre."),
        ("Københavns borgere venter kortere", "Københavns borgere venter kortere."),
        ("IT-hjælpen svarer", "IT-hjælpen svarer."),
        ("", ""),
    ],
)
def test_the_sentence_runs_on_after_its_opening(written: str, said: str) -> None:
    assert as_clause(written) == said
