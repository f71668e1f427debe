"""The pages of a profile: portions, asking, answering, pools, doubts, dis-benefits."""

from __future__ import annotations

import html
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, OutcomePool, PoolClaim, Profile
from hoest.domain.benefits.rules.portions import Portion, fields_of, fingerprint
from hoest.domain.organisations.models import Person
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms import drafts
from tests.support.harvest import title_of
from tests.support.world import HERE, MARKERS

Clients = Callable[..., Client]
Actors = Callable[[str], Actor]


def _benefit(word: str) -> Benefit:
    return Benefit.objects.select_related("initiative").get(title=title_of(word, MARKERS[HERE]))


def _text(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def _url(name: str, benefit: Benefit, portion: str = "") -> str:
    return reverse(f"benefits:{name}", args=[benefit.pk]) + (f"?del={portion}" if portion else "")


def _seen(benefit: Benefit, portion: str) -> int:
    values = queries.profile_values(benefit, queries.profile_of(benefit))
    return fingerprint({name: values[name] for name in fields_of(Portion(portion))})


def test_the_profile_says_how_far_it_is_and_shows_its_sum(client_for: Clients, here: int) -> None:
    shown = _text(client_for("portfolio_manager").get(_url("profile", _benefit("Lavere indkøb"))))
    assert "1.400 bestilling × 500,00 kr. =" in shown
    assert "700.000 kr. om året" in shown
    assert "Rammeaftalen" in shown
    assert "Ejendomsmæglere" in shown
    assert "Spørg en, der ved det" in shown


def test_a_reader_sees_the_profile_and_no_buttons(client_for: Clients, here: int) -> None:
    shown = _text(client_for("politician").get(_url("profile", _benefit("Lavere indkøb"))))
    assert "Rammeaftalen" in shown
    assert "Udfyld delen" not in shown


def test_each_portion_is_saved_by_itself(client_for: Clients, here: int) -> None:
    benefit, client = _benefit("Færre opkald"), client_for("portfolio_manager")
    posted: dict[str, dict[str, Any]] = {
        "hvad": {
            "title": benefit.title,
            "benefit_type": "freed_time",
            "line_key": benefit.line_key,
            "unit": benefit.unit_id or "",
            "beneficiaries": ["citizens", "craftsmen"],
            "citizen_effect": "Svaret står på siden",
        },
        "vaerdi": {
            "cases_a_year": "24.000",
            "minutes_before": "7,5",
            "minutes_after": "1",
            "adoption_share": "80",
            "time_source": "Tidsmåling i marts",
        },
        "virkelig": {"changes_required": "Linket sendes først", "conversion": "hours_used"},
    }
    for portion, fields in posted.items():
        answer = client.post(
            _url("change", benefit, portion), {**fields, "version": _seen(benefit, portion)}
        )
        assert answer.status_code == 302, _text(answer)
        benefit = _benefit("Færre opkald")
    profile = Profile.objects.get(benefit=benefit)
    assert profile.beneficiaries == ["citizens", "craftsmen"]
    assert profile.adoption_share == Decimal("0.8")
    shown = _text(client.get(_url("profile", benefit)))
    assert "24.000 gange × (7,5 − 1) min. ÷ 60 × 80 % =" in shown
    assert "2.080 timer om året" in shown
    assert "Timer bliver kun til kroner ved en aftale" in shown


def test_a_changed_portion_is_shown_and_not_overwritten(client_for: Clients, here: int) -> None:
    benefit, client = _benefit("Færre opkald"), client_for("portfolio_manager")
    seen = _seen(benefit, "virkelig")
    url = _url("change", benefit, "virkelig")
    assert client.post(url, {"changes_required": "Det første", "version": seen}).status_code == 302
    lost = client.post(url, {"changes_required": "Det andet", "version": seen})
    assert lost.status_code == 409
    assert "Det første" in _text(lost)
    assert "Det andet" in _text(lost)


def test_a_value_without_its_day_is_told(client_for: Clients, here: int) -> None:
    benefit, client = _benefit("Kortere kørsel"), client_for("portfolio_manager")
    posted = {"target_value": "12", "version": _seen(benefit, "maal")}
    answer = client.post(_url("change", benefit, "maal"), posted)
    assert answer.status_code == 422
    assert "Skriv, hvornår målet skal være nået." in _text(answer)


def test_what_is_being_written_is_kept_and_comes_back(
    client_for: Clients, actor: Actors, here: int
) -> None:
    benefit, client = _benefit("Færre opkald"), client_for("portfolio_manager")
    kept = client.post(
        _url("keep_portion", benefit, "hvad"),
        {"title": "Halvt skrevet", "beneficiaries": ["citizens", "relatives"]},
    )
    assert kept.status_code == 204
    form = client.get(_url("change", benefit, "hvad")).context["form"]
    assert form["title"].value() == "Halvt skrevet"
    assert form["beneficiaries"].value() == ["citizens", "relatives"]
    assert benefit.title == _benefit("Færre opkald").title
    assert drafts.find(actor("portfolio_manager"), "benefits.portion.vaerdi", benefit.pk) is None


def test_a_portion_is_sent_to_the_one_who_knows(
    client_for: Clients, actor: Actors, here: int
) -> None:
    benefit, owner = _benefit("Færre opkald"), actor("benefit_owner")
    asking = client_for("portfolio_manager")
    answer = asking.post(
        _url("ask_portion", benefit, "vaerdi"),
        {"person": owner.person_id, "note": "Hvor lang tid tager et opkald?"},
    )
    assert answer.status_code == 302
    assert f"{owner.name} er spurgt" in _text(asking.get(_url("profile", benefit)))
    asked = client_for("benefit_owner")
    assert "Hvor lang tid tager et opkald?" in _text(asked.get(_url("change", benefit, "vaerdi")))
    assert asked.get(_url("change", benefit, "hvad")).status_code == 403
    week = _text(asked.get("/"))
    assert f"Hvad ved du om »{benefit.title}«?" in week
    assert "Du er spurgt om »Hvad det er værd«" in week
    posted = {"cases_a_year": "24.000", "version": _seen(benefit, "vaerdi")}
    assert asked.post(_url("change", benefit, "vaerdi"), posted).status_code == 302
    assert "Hvad ved du om" not in _text(asked.get("/"))


def test_the_owner_sees_what_she_says_yes_to(client_for: Clients, actor: Actors, here: int) -> None:
    benefit = _benefit("Kortere kørsel")
    manager, leader = actor("portfolio_manager"), actor("unit_leader")
    actions.name_owner(
        actor=manager,
        benefit_id=benefit.pk,
        version=benefit.version,
        person=Person.objects.get(pk=leader.person_id),
    )
    client = client_for("unit_leader")
    shown = _text(client.get(_url("owner", benefit)))
    for word in ("Målet", "Senest", "Sådan måles det", "Det, der tages", "350.000 kr. om året"):
        assert word in shown
    refused = client.post(
        _url("owner", benefit), {"svar": "nej", "reason": "Kørslen hører til visitationen"}
    )
    assert refused.status_code == 302
    sponsor = client_for("executive")
    week = _text(sponsor.get(reverse("week:everything")))
    assert f"»{benefit.title}« fik et nej" in week
    assert "Kørslen hører til visitationen" in week
    history = _text(sponsor.get(_url("benefit", benefit)))
    assert "sagde nej" in history


def test_a_pool_shows_what_is_promised_away_and_refuses_more(
    client_for: Clients, here: int
) -> None:
    pool, benefit = OutcomePool.objects.get(organisation_id=here), _benefit("Færre opkald")
    client = client_for("portfolio_manager")
    assert "31 % af puljen er lovet væk" in _text(
        client.get(reverse("benefits:pool", args=[pool.pk]))
    )
    too_much = client.post(_url("claim", benefit), {"pool": pool.pk, "amount": "6.901"})
    assert too_much.status_code == 422
    assert "Frigjorte aftentimer" in _text(too_much)
    assert "Der er 6.900 timer tilbage" in _text(too_much)
    both = client.post(_url("claim", benefit), {"pool": pool.pk, "amount": "5", "share": "5"})
    assert both.status_code == 422
    done = client.post(_url("claim", benefit), {"pool": pool.pk, "share": "61"})
    assert done.status_code == 302
    assert PoolClaim.objects.get(benefit=benefit).amount == 6_100
    assert "92 % af puljen er lovet væk" in _text(client.get(reverse("benefits:pools")))


def test_a_pool_is_written_down_and_changed(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    posted = {
        "name": "Vikarbudgettet",
        "measure": "dkk",
        "total": "4.000.000",
        "source_text": "Regnskabet",
        "source_on": "2026-01-31",
    }
    assert client.post(reverse("benefits:new_pool"), posted).status_code == 422
    made = client.post(reverse("benefits:new_pool"), {**posted, "price_level": "2026"})
    assert made.status_code == 302
    pool = OutcomePool.objects.get(name="Vikarbudgettet")
    url = reverse("benefits:change_pool", args=[pool.pk])
    again = {**posted, "price_level": "2026", "total": "4.200.000", "version": pool.version}
    assert client.post(url, again).status_code == 302
    assert client.post(url, {**again, "total": "5"}).status_code == 409


def test_doubts_stand_calmly_on_the_benefit(client_for: Clients, here: int) -> None:
    benefit = _benefit("Mindre vikarforbrug")
    shown = _text(client_for("portfolio_manager").get(_url("benefit", benefit)))
    assert "Hvad koster opgaven i dag?" in shown
    assert "Det er spørgsmål, ikke fejl." in shown


def test_a_disbenefit_stands_apart_everywhere(client_for: Clients, here: int) -> None:
    made = Benefit.objects.get(is_disbenefit=True, organisation_id=here)
    client = client_for("portfolio_manager")
    assert made.title not in _text(client.get(reverse("benefits:benefits")))
    assert made.title in _text(client.get(reverse("benefits:disbenefits")))
    panel = _text(client.get(reverse("portfolio:initiative", args=[made.initiative_id])))
    assert "Ulemper følges for sig" in panel
    page = _text(client.get(_url("benefit", made)))
    assert "er ventet" in page
    assert "trækkes ikke fra gevinsterne" in page
    assert client.get(_url("harvest", made)).status_code in (200, 403)
    account = _text(client.get(reverse("reporting:account")))
    assert "1 ulempe følges for sig" in account


def test_a_level_says_where_it_is_going(client_for: Clients, here: int) -> None:
    shown = _text(client_for("politician").get(_url("benefit", _benefit("Tryg træning"))))
    assert "fra 62 til 75 point senest" in shown


def test_the_name_of_the_line_is_said_when_it_differs(client_for: Clients, here: int) -> None:
    shown = _text(client_for("politician").get(_url("benefit", _benefit("Lavere indkøb"))))
    assert "I business casen hedder gevinsten »Lavere indkøb«." in shown


def test_a_disbenefit_beyond_what_was_expected_is_said_to_be(
    client_for: Clients, actor: Actors, here: int
) -> None:
    level = _benefit("Tryg træning")
    Benefit.objects.filter(pk=level.pk).update(is_disbenefit=True, line_key="", target_value=70)
    page = _text(client_for("politician").get(_url("benefit", level)))
    assert "er målt og større end ventet" in page
    assert "Ulempen er større end ventet" in page
    assert "Målet er nået" not in page
    assert "I hånden" not in page.split("Det, der ventes")[0]
