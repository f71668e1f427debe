"""Pages of benefits: what they say, who may open them, and that a form refuses in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hoest.domain.benefits.actions import decide_harvest
from hoest.domain.benefits.models import Benefit, HarvestDecision, Measurement
from hoest.domain.benefits.rules import BenefitFacts, BenefitType, Rung, stand
from hoest.domain.benefits.tests import events
from hoest.domain.benefits.web.words import FACTS
from hoest.foundation import clock, content
from tests.support.harvest import BENEFITS, title_of
from tests.support.world import HERE, MARKERS, THERE

Clients = Callable[..., Client]


def _pk(here: int, word: str) -> int:
    return Benefit.objects.get(organisation_id=here, title__startswith=word).pk


def _text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("word", BENEFITS)
def test_every_benefit_says_its_rung_and_what_it_lacks(
    client_for: Clients, here: int, word: str
) -> None:
    page = client_for("executive").get(reverse("benefits:benefit", args=[_pk(here, word)]))
    assert page.status_code == 200
    said = page.context["predicate"]
    rung = BENEFITS[word]
    assert said.startswith(
        {
            "promised": "er på taget; der mangler en ejer",
            "owned": "er ejet; løsningen er ikke i drift endnu",
            "in_use": "er i brug; der mangler en måling",
            "measured": "er målt; ",
            "in_hand": "er i hånden",
            "lapsed": "er bortfaldet: Post sendes allerede digitalt",
        }[rung]
    )
    lit = [one.code for one in page.context["rungs"] if one.state == "present"]
    assert lit == ([] if rung == "lapsed" else [rung])
    assert MARKERS[THERE] not in page.content.decode()


def test_the_next_fact_is_a_button_for_those_who_may_and_not_for_others(
    client_for: Clients, here: int
) -> None:
    url = reverse("benefits:benefit", args=[_pk(here, "Lavere indkøb")])
    harvest = reverse("benefits:harvest", args=[_pk(here, "Lavere indkøb")])
    effect = reverse("evidence:effect", args=[_pk(here, "Lavere indkøb")])

    def buttons(role: str) -> list[str]:
        rungs = client_for(role).get(url).context["rungs"]
        return [one.action_url for one in rungs if one.action_url]

    assert buttons("controller") == [effect, harvest]
    assert buttons("politician") == [effect]  # reading whether it worked is for everyone


def test_figures_show_promise_beside_what_holds_measured_and_in_hand(
    client_for: Clients, here: int
) -> None:
    page = client_for("executive").get(reverse("benefits:benefit", args=[_pk(here, "Lavere ind")]))
    text = _text(page)
    level = clock.today().year - 2
    for figure in ("900.000", "700.000", "(560.000–770.000)", f"{level}-priser"):
        assert figure in text.replace("\xa0", " ").replace("&nbsp;", " ")
    # 4.000.000 → 3.450.000 of 3.200.000 is 68.75 % of 700.000.
    assert "481.250" in text
    assert "69 % af vejen til målet er nået" in text.replace("\xa0", " ")


def test_hours_are_shown_apart_from_kroner(client_for: Clients, here: int) -> None:
    page = client_for("executive").get(reverse("benefits:benefit", args=[_pk(here, "Frigjorte")]))
    assert page.context["has_hours"]
    assert not page.context["has_dkk"]
    assert "3.100" in _text(page)


def test_a_measurement_takes_a_danish_comma_and_can_be_undone(
    client_for: Clients, here: int
) -> None:
    client, pk = client_for("benefit_owner"), _pk(here, "Færre møder")
    url = reverse("benefits:measure", args=[pk])
    shown = client.get(url)
    assert 'inputmode="decimal"' in shown.content.decode()
    posted = {"value": "7,5", "on": clock.today().isoformat(), "request_key": "k1"}
    done = client.post(url, posted)
    assert done.status_code == 302
    again = client.post(url, posted)
    assert again.status_code == 302
    made = Measurement.objects.get(benefit_id=pk)
    assert made.value == 7.5
    page = client.get(done.url)
    assert reverse("benefits:undo_measurement", args=[made.pk]) in page.content.decode()
    assert page.context["next_due"] is None
    client.post(reverse("benefits:undo_measurement", args=[made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_reason == "Fortrudt straks"


def test_a_day_to_come_stands_as_a_fault_of_its_field(client_for: Clients, here: int) -> None:
    client, pk = client_for("benefit_owner"), _pk(here, "Færre møder")
    to_come = clock.today() + dt.timedelta(days=1)
    answer = client.post(
        reverse("benefits:measure", args=[pk]), {"value": "7", "on": to_come.isoformat()}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]
    assert not Measurement.objects.filter(benefit_id=pk).exists()


def test_a_form_that_was_saved_and_then_corrected_offers_to_withdraw_what_stands(
    client_for: Clients, here: int
) -> None:
    client, pk = client_for("benefit_owner"), _pk(here, "Færre møder")
    url = reverse("benefits:measure", args=[pk])
    posted = {"value": "12", "on": clock.today().isoformat(), "request_key": "k1"}
    assert client.post(url, posted)["X-Saved"] == "k1"
    made = Measurement.objects.get(benefit_id=pk)
    refused = client.post(url, posted | {"value": "21"})
    assert refused.status_code == 422
    assert "X-Saved" not in refused
    page = refused.content.decode()
    assert "12 møder" in page
    assert 'value="21"' in page
    assert reverse("benefits:withdraw_measurement", args=[made.pk]) in page


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"value": "", "on": "2026-01-01"}, "Skriv værdien."),
        ({"value": "1.5", "on": "2026-01-01"}, "Skriv et tal"),
        ({"value": "5", "on": "2100-01-01"}, "Datoen er ikke kommet endnu"),
        ({"value": "5", "on": "i går"}, "Skriv en dato"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused_with_the_form(
    client_for: Clients, here: int, posted: dict[str, str], says: str
) -> None:
    url = reverse("benefits:measure", args=[_pk(here, "Færre møder")])
    answer = client_for("benefit_owner").post(url, posted)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert posted["value"] in answer.content.decode()


def test_a_measurement_from_elsewhere_leads_back_there_with_undo_and_the_next(
    client_for: Clients, here: int
) -> None:
    with clock.frozen_at(clock.today().replace(year=clock.today().year + 1)):
        pk = _pk(here, "Færre møder")
        client = client_for("benefit_owner")
        url = reverse("benefits:measure", args=[pk])
        part = client.get(f"{url}?tilbage=/gevinster/", headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        assert 'name="tilbage" value="/gevinster/"' in part.content.decode()
        posted = {"value": "7,5", "on": str(clock.today()), "tilbage": "/gevinster/"}
        headers = {"HX-Request": "true", "X-Sheet": "1"}
        refused = client.post(url, {**posted, "value": "mange"}, headers=headers)
        assert refused.status_code == 422
        assert 'name="tilbage" value="/gevinster/"' in refused.content.decode()
        done = client.post(url, posted, headers=headers)
        assert (done.status_code, done["HX-Redirect"]) == (204, "/gevinster/")
        page = client.get("/gevinster/").content.decode()
        made = Measurement.objects.get(benefit_id=pk, value="7.5")
        undo = reverse("benefits:undo_measurement", args=[made.pk]) + "?tilbage=%2Fgevinster%2F"
        assert undo in page
        assert "Næste måling: " in page
        assert client.post(undo).url == "/gevinster/"


@pytest.mark.parametrize("elsewhere", ["//x.example/", "https://x.example/", "/\\x.example", "x"])
def test_a_measurement_never_leads_away_from_the_site(
    client_for: Clients, here: int, elsewhere: str
) -> None:
    pk = _pk(here, "Færre møder")
    posted = {"value": "7,5", "on": str(clock.today()), "tilbage": elsewhere}
    done = client_for("benefit_owner").post(reverse("benefits:measure", args=[pk]), posted)
    assert done.url == reverse("benefits:benefit", args=[pk]) + "?maalt"


def test_the_next_due_measurement_is_offered(client_for: Clients, here: int) -> None:
    with clock.frozen_at(clock.today().replace(year=clock.today().year + 1)):
        pk = _pk(here, "Færre møder")
        page = client_for("benefit_owner").get(reverse("benefits:benefit", args=[pk]) + "?maalt")
        due, other = page.context["next_due"]
        assert other.pk != pk
        assert due < clock.today()
        assert reverse("benefits:measure", args=[other.pk]) in page.content.decode()


def test_an_owner_answers_yes_or_no(client_for: Clients, here: int) -> None:
    pk = _pk(here, "Kortere kørsel")
    manager, owner = client_for("portfolio_manager"), client_for("benefit_owner")
    url = reverse("benefits:owner", args=[pk])
    person = Benefit.objects.get(title=title_of("Færre møder", MARKERS[HERE])).owner_id
    version = Benefit.objects.get(pk=pk).version
    assert manager.post(url, {"person": person, "version": version}).status_code == 302
    assert "Vil du eje" in _text(owner.get(url))
    assert owner.post(url, {"svar": "nej"}).status_code == 422
    assert owner.post(url, {"svar": "ja"}).status_code == 302
    assert Benefit.objects.get(pk=pk).owner_accepted_on == clock.today()
    chosen = f"{url}?valg"
    assert "gælder det ja ikke længere" in _text(manager.get(chosen))
    version = Benefit.objects.get(pk=pk).version
    again = manager.post(chosen, {"person": person, "version": version}, follow=True)
    assert "ejer allerede gevinsten. Intet er ændret." in _text(again)
    assert Benefit.objects.get(pk=pk).owner_accepted_on == clock.today()
    assert owner.post(url, {"svar": "nej", "reason": "Ny stilling"}).status_code == 302
    assert Benefit.objects.get(pk=pk).owner_id is None


def _fields(form: Any) -> list[tuple[str, Any]]:
    return [(name, form[name]) for name in form.fields]


def test_a_portion_is_saved_by_itself_and_a_lost_update_is_shown(
    client_for: Clients, here: int
) -> None:
    pk, client = _pk(here, "Færre møder"), client_for("portfolio_manager")
    url = reverse("benefits:change", args=[pk]) + "?del=metode"
    form = client.get(url)
    stands = {
        name: bound.field.prepare_value(bound.value()) or ""
        for name, bound in _fields(form.context["form"])
    }
    posted = {
        **stands,
        "method": "Kalenderudtræk",
        "frequency": "month",
        "version": form.context["version"],
    }
    assert client.post(url, posted).status_code == 302
    kept = Benefit.objects.get(pk=pk)
    assert (kept.method, kept.frequency, kept.target_value) == ("Kalenderudtræk", "month", 6)
    lost = client.post(url, {**posted, "method": "Optælling"})
    assert lost.status_code == 409
    assert "Optælling" in _text(lost)
    assert "Kalenderudtræk" in _text(lost)


def test_a_benefit_is_written_down_on_its_initiative(client_for: Clients, here: int) -> None:
    client = client_for("unit_leader")
    initiative = Benefit.objects.get(pk=_pk(here, "Færre møder")).initiative_id
    url = reverse("benefits:create") + f"?initiativ={initiative}"
    assert client.post(url, {"title": "", "benefit_type": ""}).status_code == 422
    done = client.post(url, {"title": "Hurtigere svar", "benefit_type": "citizen"})
    assert done.status_code == 302
    made = Benefit.objects.get(title="Hurtigere svar")
    assert made.key.startswith("GEV-")
    assert client.get(done.url).context["predicate"] == "er på taget; der mangler en ejer"


def test_a_benefit_can_be_written_down_from_the_list(client_for: Clients, here: int) -> None:
    client, url = client_for("unit_leader"), reverse("benefits:create")
    initiative = Benefit.objects.get(pk=_pk(here, "Færre møder")).initiative
    assert initiative.title in client.get(url).content.decode()
    posted = {"title": "Færre kvitteringer", "benefit_type": "budget"}
    assert client.post(url, posted).status_code == 422
    assert client.post(url, {**posted, "initiative": initiative.pk}).status_code == 302
    assert Benefit.objects.get(title="Færre kvitteringer").initiative_id == initiative.pk
    assert client_for("politician").get(url).status_code == 403
    assert (
        client_for("unit_leader", there=True).get(f"{url}?initiativ={initiative.pk}").status_code
        == 404
    )


def test_a_single_decision_is_let_go_again(client_for: Clients, actor: Any, here: int) -> None:
    pk, client = _pk(here, "Lavere indkøb"), client_for("controller")
    decision = decide_harvest(
        actor=actor("controller"),
        benefit_id=pk,
        decided_on=clock.today(),
        decision="Byrådet, punkt 7",
        year=2027,
        amount_dkk=Decimal(650_000),
        price_level=2027,
        budget_place="Indkøb",
    )
    assert HarvestDecision.objects.get(benefit_id=pk).amount_dkk == 650_000
    back = reverse("benefits:withdraw_harvest", args=[decision.pk])
    assert client.post(back, {"reason": ""}).status_code == 422
    assert client.post(back, {"reason": "Budgettet er lavet om"}).status_code == 302
    page = client.get(reverse("benefits:benefit", args=[pk]))
    assert page.context["predicate"].startswith("er målt")
    assert "Budgettet er lavet om" in page.content.decode()


def test_a_level_is_confirmed_once_a_day(client_for: Clients, here: int) -> None:
    url = reverse("benefits:confirm", args=[_pk(here, "Tryg træning")])
    controller = client_for("controller")
    assert controller.post(url, {"version": "1"}).status_code == 302
    again = controller.post(url, {"version": "1"})
    assert again.status_code == 422
    assert "bekræftet i dag" in again.content.decode()


def test_a_benefit_lapses_with_a_reason_and_comes_back(client_for: Clients, here: int) -> None:
    pk, client = _pk(here, "Færre møder"), client_for("executive")
    url = reverse("benefits:lapse", args=[pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Møderne er der igen"}).status_code == 302
    assert "Møderne er der igen" in _text(client.get(reverse("benefits:benefit", args=[pk])))
    assert "op igen" in _text(client.get(url))
    assert client.post(url, {"reason": "Nyt forsøg"}).status_code == 302
    assert Benefit.objects.get(pk=pk).lapsed_on is None


@pytest.mark.parametrize(
    "name", ["benefit", "measure", "owner", "change", "harvest", "confirm", "lapse"]
)
def test_the_neighbours_pages_are_not_found(client_for: Clients, here: int, name: str) -> None:
    url = reverse(f"benefits:{name}", args=[_pk(here, "Færre møder")])
    neighbour = client_for("portfolio_manager", there=True)
    assert neighbour.get(url).status_code == 404
    assert neighbour.post(url, {"reason": "x"}).status_code == (405 if name == "benefit" else 404)


def test_every_fact_of_the_ladder_has_words_and_every_button_a_page() -> None:
    level = BenefitFacts(BenefitType.QUALITY, live_on=clock.today())
    money = events.obtain(level, "measured_after_live", clock.today())
    money = replace(money, benefit_type=BenefitType.BUDGET)
    disbenefit = replace(level, is_disbenefit=True)
    codes = {
        fact.code
        for given in (level, money, disbenefit)
        for facts in stand(given, clock.today()).facts.values()
        for fact in facts
    }
    assert codes == set(FACTS)
    for words in FACTS.values():
        assert str(words.met)[0].isupper()
        assert str(words.lacks)[0].islower()
        if words.page:
            assert reverse(words.page, args=[1])
            assert str(words.act)
    assert set(content.codes("rung")) == {rung.value for rung in Rung}


def test_a_value_ten_times_the_last_is_saved_only_when_somebody_is_sure(
    here: int, client_for: Callable[..., Client]
) -> None:
    one = Benefit.objects.get(organisation_id=here, title__startswith="Lavere indkøb")
    client, path = client_for("benefit_owner"), reverse("benefits:measure", args=[one.pk])
    typed = {"value": "34.500.000", "on": clock.today().isoformat()}
    asked = client.post(path, typed)
    assert asked.status_code == 422
    assert "Ja, tallet passer" in asked.content.decode()
    assert client.post(path, {**typed, "sure": "on"}).status_code == 302
    page = client.get(reverse("benefits:benefit", args=[one.pk])).content.decode()
    assert "ikke kommet nærmere målet" in page
    assert "mangler en beslutning" not in page.split("</h1>")[0]
