"""The pages of initiatives: what they say, what they keep, what they refuse."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Body, Person, Unit
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import Phase
from hoest.foundation import panels
from hoest.foundation.clock import frozen_at
from hoest.foundation.forms.models import Draft
from tests.support.world import MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(here):
    """The initiative in Hjemmepleje that is in use."""
    return Initiative.objects.get(organisation_id=here, title__startswith="Digital hjemmetræning")


def text_of(response):
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def posted(client, training, **changes):
    """Return what the form of an initiative would post, with changes."""
    page = client.get(reverse("portfolio:edit", args=[training.pk]))
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {
        name: form.fields[name].prepare_value(value) if value is not None else ""
        for name, value in fields.items()
    }
    return {**fields, "version": page.context["version"], **changes}


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


class TestReach:
    """An initiative is reached from its unit, its committee and by search."""

    def panels_of(self, client_for, role, place, thing, rf):
        client = client_for(role)
        request = client.get(reverse("portfolio:initiatives")).wsgi_request
        return " ".join(panels.rendered(place, request, thing))

    def test_it_stands_on_the_page_of_its_unit_and_the_unit_above(self, client_for, here, rf):
        for name in ("Hjemmepleje", "Ældre"):
            unit = Unit.objects.get(organisation_id=here, name__startswith=name)
            assert "Digital hjemmetræning" in self.panels_of(
                client_for, "executive", "unit", unit, rf
            )
        other = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
        assert "Digital hjemmetræning" not in self.panels_of(
            client_for, "executive", "unit", other, rf
        )

    def test_it_stands_on_the_page_of_its_committee(self, client_for, here, rf):
        body = Body.objects.get(organisation_id=here, name__startswith="Sundhed")
        assert "Digital hjemmetræning" in self.panels_of(client_for, "politician", "body", body, rf)
        money = Body.objects.get(organisation_id=here, name="Økonomiudvalget")
        assert "Her kommer de initiativer til at stå" in self.panels_of(
            client_for, "politician", "body", money, rf
        )

    def test_partners_get_no_panel(self, client_for, here, rf):
        unit = Unit.objects.filter(organisation_id=here).first()
        request = client_for("executive").get(reverse("portfolio:initiatives")).wsgi_request
        request.actor = client_for("partner").get("/konto/").wsgi_request.actor
        assert panels.rendered("unit", request, unit) == []

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("hjemme", True),
            ("træning", True),
            ("traening", True),
            ("DIGITAL", True),
            ("borgeren", True),
            ("nære fælles", True),
            ("naere faelles", True),
            ("INIT-001", True),
            ("ældr", False),
            ("sundhedsudvalg", True),
            ("xylofon", False),
        ],
    )
    def test_search_finds_it_as_danes_write(self, client_for, training, typed, found):
        rows = (
            client_for("executive")
            .get(reverse("portfolio:initiatives"), {"q": typed, "format": "json"})
            .json()["rows"]
        )
        assert (training.pk in [row["id"] for row in rows]) is found

    def test_the_search_on_top_leads_to_the_list(self, client_for):
        page = client_for("executive").get(reverse("portfolio:initiatives")).content.decode()
        assert re.search(r'<form class="search"[^>]*action="/portefoelje/"', page)
        assert re.search(r'<input[^>]*name="q"[^>]*data-shortcut="search"', page)

    def test_the_filters_narrow_as_the_sentence_says(self, client_for, training, here):
        client = client_for("executive")

        def titles(**query):
            rows = client.get(reverse("portfolio:initiatives"), {**query, "format": "json"}).json()[
                "rows"
            ]
            return {row["title"].rsplit(" ", 1)[0] for row in rows}

        care = Unit.objects.get(organisation_id=here, name__startswith="Ældre")
        assert titles(unit=care.pk) == {
            "Digital hjemmetræning",
            "Fælles skærmbesøg",
            "Arkiv i skyen",
            "Stemmestyret journal",
        }
        assert titles(phase="idea") == {"Fra papir til telefon"}
        assert titles(purpose_type="relief") == {"Digital hjemmetræning"}
        assert titles(body=training.body_id) == {"Digital hjemmetræning"}
        assert titles(status="action_needed") == {"Fælles skærmbesøg"}
        assert "Digital hjemmetræning" in titles(status="on_track")


class TestQueries:
    """The number of questions to the database is pinned."""

    def test_the_page_of_one_initiative_asks_a_fixed_number(self, client_for, training):
        client = client_for("portfolio_manager")
        url = reverse("portfolio:initiative", args=[training.pk])
        client.get(url)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.append(len(asked))
            Person.objects.create(organisation_id=training.organisation_id, name="En til")
            Initiative.objects.create(
                organisation_id=training.organisation_id,
                key=f"X{_round}",
                title="En til",
                unit_id=training.unit_id,
            )
        assert counts[0] == counts[1]
