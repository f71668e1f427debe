"""The pages of initiatives: what they say and what they refuse."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import Phase
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import panels
from hoest.foundation.clock import frozen_at
from tests.support.world import MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db


class TestThePage:
    """One initiative."""

    def test_it_says_the_point_in_one_sentence_from_the_data(self, client_for, training):
        page = client_for("executive").get(reverse("portfolio:initiative", args=[training.pk]))
        words = text_of(page).replace("\xa0", " ")
        assert f"{training.title} bruges af 90 %, og den gamle arbejdsgang er lukket" in words
        assert (
            "Det betyder i praksis, at borgere kan træne hjemme med vejledning på skærmen." in words
        )
        assert "Aftalen er 80 %, som i resten af kommunen." in words
        assert "På sporet" in words

    def test_every_reason_leads_to_what_mends_it(self, client_for, training):
        Initiative.objects.filter(pk=training.pk).update(
            sponsor=None,
            adoption_share="0.62",
            old_way_closed_on=None,
            old_way_closes_on=dt.date(2026, 1, 31),
        )
        url = reverse("portfolio:initiative", args=[training.pk])
        page = client_for("portfolio_manager").get(url).content.decode()
        edit = reverse("portfolio:edit", args=[training.pk])
        for href in (
            f"{edit}#id_sponsor",
            reverse("portfolio:close_old_way", args=[training.pk]),
            reverse("portfolio:adoption", args=[training.pk]),
        ):
            assert f'href="{href}"' in page
        words = text_of(client_for("executive").get(url)).replace("\xa0", " ")
        assert "Der er ingen sponsor." in words
        assert "Den gamle arbejdsgang skulle være lukket 31. januar 2026." in words
        assert "62 % bruger det nye. Aftalen er 80 %." in words
        assert "Kræver handling" in words
        assert edit not in client_for("executive").get(url).content.decode()

    def test_a_stopped_initiative_tells_why(self, client_for, actor, training):
        actions.change_phase(
            actor=actor("portfolio_manager"),
            initiative_id=training.pk,
            version=1,
            phase=Phase.STOPPED,
            reason="Udbuddet gik om <igen>",
        )
        page = client_for("employee").get(reverse("portfolio:initiative", args=[training.pk]))
        assert "Stoppet, fordi: Udbuddet gik om <igen>" in text_of(page)
        assert "<igen>" not in page.content.decode()

    def test_what_one_may_not_see_does_not_exist(self, client_for, here):
        technical = Initiative.objects.filter(title__startswith="Robotter").first()
        url = reverse("portfolio:initiative", args=[technical.pk])
        assert client_for("unit_leader").get(url).status_code == 404
        assert client_for("executive", there=True).get(url).status_code == 404
        assert client_for("executive").get(url).status_code == 200

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"live_on": None, "phase": "idea"}, "er en idé"),
            ({"live_on": dt.date(2027, 3, 1)}, "går i drift 1. marts 2027"),
            ({"adoption_share": None}, "ingen har talt, hvor mange der bruger det"),
            ({"adoption_share": "0.625"}, "bruges af 62,5 %; aftalen er 80 %"),
            ({"old_way_closed_on": None}, "den gamle arbejdsgang er stadig åben"),
            ({"phase": "closed"}, "er afsluttet"),
            ({"live_on": None, "phase": "execution"}, "gennemføres, men har ingen dato for drift"),
        ],
    )
    def test_the_point_follows_the_facts(self, client_for, training, changes, says):
        with frozen_at(dt.date(2026, 11, 22)):
            Initiative.objects.filter(pk=training.pk).update(
                **{"live_on": dt.date(2026, 1, 1), **changes}
            )
            page = client_for("executive").get(reverse("portfolio:initiative", args=[training.pk]))
        assert says in text_of(page).replace("\xa0", " ")

    def test_other_subjects_add_their_panels(self, client_for, training, monkeypatch):
        monkeypatch.setattr(panels, "_registry", {})
        panels.register("initiative", "x", lambda request, one: f"<p>PANEL om {one.pk}</p>")
        page = client_for("executive").get(reverse("portfolio:initiative", args=[training.pk]))
        assert f"<p>PANEL om {training.pk}</p>" in page.content.decode()


class TestCreating:
    """A new initiative."""

    def test_title_and_unit_are_enough(self, client_for, here):
        client = client_for("portfolio_manager")
        unit = Unit.objects.filter(organisation_id=here).first()
        answer = client.post(reverse("portfolio:create"), {"title": "Helt ny", "unit": unit.pk})
        made = Initiative.objects.get(organisation_id=here, title="Helt ny")
        assert answer["Location"] == reverse("portfolio:initiative", args=[made.pk])
        assert made.key.startswith("INIT-")
        assert made.source.entered_by_name

    def test_a_fault_shows_the_form_again_with_everything_in_it(self, client_for, here):
        client = client_for("portfolio_manager")
        answer = client.post(
            reverse("portfolio:create"),
            {
                "in_practice": "Vi indfører KMD Nexus",
                "starts_on": "2026-05-01",
                "live_on": "01-04-2026",
                "agreed_adoption_share": "120",
            },
        )
        assert answer.status_code == 422
        words = text_of(answer)
        assert "Vi indfører KMD Nexus" in words
        assert "Det går i drift, før det starter" in words
        assert "Skriv en procent mellem 0 og 100." in words
        assert "Nævner sætningen kun et system?" in words

    def test_the_neighbours_unit_cannot_be_chosen(self, client_for, here):
        from hoest.foundation.tenancy.context import acting_for

        with acting_for(organisation_id(THERE)):
            foreign = Unit.objects.filter(name__contains=MARKERS[THERE]).first().pk
        answer = client_for("portfolio_manager").post(
            reverse("portfolio:create"), {"title": "Smuglet", "unit": foreign}
        )
        assert answer.status_code == 422
        with acting_for(here):
            assert not Initiative.objects.filter(title="Smuglet").exists()

    @pytest.mark.parametrize("role", ["controller", "politician", "benefit_owner", "partner"])
    def test_whoever_may_not_create_is_told_who_may(self, client_for, role):
        answer = client_for(role).get(reverse("portfolio:create"))
        assert answer.status_code == 403
        assert "oprette initiativer" in text_of(answer)

    def test_the_sentence_is_asked_about_while_it_is_written(self, client_for):
        client = client_for("portfolio_manager")
        url = reverse("portfolio:plain_language")
        assert "kun et system" in text_of(client.get(url, {"in_practice": "Vi køber Aula"}))
        assert text_of(client.get(url, {"in_practice": "forældre får svar samme dag"})) == ""


class TestSmallActs:
    """Phase, use and the old way, each in two minutes."""

    def test_the_use_is_written_in_per_cent(self, client_for, training):
        client = client_for("initiative_lead")
        url = reverse("portfolio:adoption", args=[training.pk])
        page = client.get(url)
        answer = client.post(
            url, {"share": "62,5", "on": "2026-10-01", "version": page.context["version"]}
        )
        assert answer.status_code == 302
        training.refresh_from_db()
        assert str(training.adoption_share) == "0.625"

    def test_a_fault_stands_on_the_form_and_keeps_what_was_written(self, client_for, training):
        client = client_for("initiative_lead")
        url = reverse("portfolio:phase", args=[training.pk])
        answer = client.post(url, {"phase": "stopped", "reason": "", "version": 1})
        assert answer.status_code == 422
        assert "Skriv, hvorfor initiativet stoppes." in text_of(answer)
        far = client.post(
            reverse("portfolio:close_old_way", args=[training.pk]),
            {"closed_on": "2199-01-01", "version": 1},
        )
        assert far.status_code == 422
        assert 'value="2199-01-01"' in far.content.decode()

    def test_only_the_next_phases_are_offered(self, client_for, training):
        page = client_for("portfolio_manager").get(reverse("portfolio:phase", args=[training.pk]))
        offered = [code for code, _label in page.context["form"].fields["phase"].choices]
        assert offered == ["closed", "execution", "stopped"]


def test_silence_makes_the_status_unknown_until_somebody_confirms(client_for, training):
    client = client_for("initiative_lead")
    url = reverse("portfolio:initiative", args=[training.pk])
    confirm = reverse("portfolio:confirm", args=[training.pk])
    Initiative.objects.filter(pk=training.pk).update(
        changed_at=training.changed_at - dt.timedelta(days=43)
    )
    words = text_of(client.get(url))
    assert "Ikke oplyst" in words
    assert "Ingen har skrevet om det siden" in words
    assert f'href="{confirm}"' in client.get(url).content.decode()
    assert "Passer det stadig?" in text_of(client.get(confirm))
    assert client.post(confirm, {"version": "7"}).status_code == 409
    answer = client.post(confirm, {"version": "1"}, follow=True)
    assert "Tak. Det er noteret" in text_of(answer)
    assert "På sporet" in text_of(answer)
    assert client_for("controller").post(confirm, {"version": "2"}).status_code == 403
