"""The guide on the page: where each step stands, what is kept, what is saved, and the way on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import Alternative, Assumption, CaseVersion
from hoest.domain.business_cases.rules.guide import Question
from hoest.domain.business_cases.web.guide.steps import all_steps
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.models import Draft
from tests.support.guided import fill

Clients = Callable[..., Client]


def _text(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


@pytest.fixture
def draft(here: int, client_for: Clients) -> CaseVersion:
    """A draft nobody has written in."""
    initiative = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
    client_for("controller").post(reverse("business_cases:start", args=[initiative.pk]))
    return CaseVersion.objects.get(case__initiative=initiative, state="draft")


@pytest.fixture
def filled(draft: CaseVersion, actor: Callable[[str], Actor]) -> CaseVersion:
    """A draft with most of the guide answered."""
    return fill(actor("controller"), draft)


def _step(draft: CaseVersion, slug: str) -> str:
    return reverse("business_cases:step", args=[draft.pk, slug])


def _states(client: Client, draft: CaseVersion) -> dict[str, str]:
    page = client.get(reverse("business_cases:guide", args=[draft.pk]))
    return {row.step.slug: str(row.standing.state) for row in page.context["steps"]}


NEED = {
    "situation": "Det tager en uge",
    "need": "Det skal tage en dag",
    "user_group": "800 ansøgere",
    "change": "Svar samme dag",
    "measured_by": "Dage til svar",
    "no_effect": "",
}


def test_the_steps_are_numbered_once_and_in_order() -> None:
    numbers = [step.number for step in all_steps()]
    assert numbers == sorted(set(numbers))
    assert {1, 2, 3, 4, 5, 8} <= set(numbers) <= set(range(1, 10))


def test_a_new_case_begins_at_the_first_step(client_for: Clients, draft: CaseVersion) -> None:
    page = client_for("controller").get(reverse("business_cases:guide", args=[draft.pk]))
    assert page.context["going_on"].step.slug == "behov"
    assert "Begynd: Behov" in _text(page)
    assert "missing" in _states(client_for("controller"), draft)["udgifter"]


def test_a_step_is_saved_and_leads_to_the_next(client_for: Clients, draft: CaseVersion) -> None:
    client = client_for("controller")
    done = client.post(_step(draft, "behov"), {**NEED, "version": "0"})
    assert done.url == _step(draft, "alternativer")
    assert _states(client, draft)["behov"] == "answered"
    again = client.get(_step(draft, "behov"))
    assert "Det tager en uge" in again.content.decode()
    assert f"Sidst skrevet af {again.context['here'].standing.written.by_name}" in _text(again)
    stop = client.post(_step(draft, "behov"), {**NEED, "version": "5", "leave": "1"})
    assert stop.url == reverse("business_cases:guide", args=[draft.pk])


def test_half_an_answer_is_kept_and_says_what_is_lacking(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    half = {**NEED, "change": "", "measured_by": "", "version": "0"}
    assert client.post(_step(draft, "behov"), half).status_code == 302
    assert _states(client, draft)["behov"] == "half"
    overview = _text(client.get(reverse("business_cases:guide", args=[draft.pk])))
    assert "hvem der mærker det, hvilken ændring, og hvordan det måles" in overview


def test_an_effect_cannot_both_be_told_and_be_none(client_for: Clients, draft: CaseVersion) -> None:
    both = {**NEED, "no_effect": "Ingen mærker det", "version": "0"}
    answer = client_for("controller").post(_step(draft, "behov"), both)
    assert answer.status_code == 422
    assert "Ikke begge dele" in _text(answer)
    none = {**NEED, "change": "", "no_effect": "Kun interne systemer", "version": "0"}
    assert client_for("controller").post(_step(draft, "behov"), none).status_code == 302
    assert _states(client_for("controller"), draft)["behov"] == "answered"


def test_what_is_typed_is_kept_and_found_again_and_can_be_thrown_away(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    keep = reverse("business_cases:keep_step", args=[draft.pk, "behov"])
    assert client.post(keep, {"situation": "Halvt skrevet", "version": "0"}).status_code == 204
    page = client.get(_step(draft, "behov"))
    assert "Halvt skrevet" in page.content.decode()
    assert "Her står din kladde" in _text(page)
    overview = client.get(reverse("business_cases:guide", args=[draft.pk]))
    assert overview.context["going_on"].step.slug == "behov"
    other = client_for("portfolio_manager").get(_step(draft, "behov"))
    assert "Halvt skrevet" not in other.content.decode()
    drop = reverse("business_cases:drop_step", args=[draft.pk, "behov"])
    assert client.post(drop).status_code == 302
    assert "Halvt skrevet" not in client.get(_step(draft, "behov")).content.decode()


@pytest.mark.parametrize("by_script", [False, True])
def test_what_is_sent_after_the_session_ended_is_kept_for_who_wrote_it(
    client_for: Clients, draft: CaseVersion, by_script: bool
) -> None:
    client = client_for("controller")
    page = client.get(_step(draft, "behov"))
    token = page.context["writing"]
    words = {"situation": "Skrevet efter log ud", "version": "0", "writing": token}
    nobody = Client()
    address = reverse("business_cases:keep_step", args=[draft.pk, "behov"])
    if by_script:
        answer = nobody.post(address, words, headers={"X-Autosave": "1"})
        assert (answer.status_code, answer.headers["X-Signed-Out"]) == (204, "kept")
    else:
        answer = nobody.post(_step(draft, "behov"), words)
        assert answer.status_code == 302
        assert answer.url.endswith(f"next={_step(draft, 'behov')}")
    found = client.get(_step(draft, "behov"))
    assert "Skrevet efter log ud" in found.content.decode()
    assert not queries.parts_of(draft).answers
    assert Draft.objects.filter(form_name="business_cases.guide.behov").count() == 1


@pytest.mark.parametrize("token", ["", "løgn", "ImhlaiI:1x:abc"])
def test_a_forged_token_keeps_nothing(draft: CaseVersion, token: str) -> None:
    answer = Client().post(_step(draft, "behov"), {"situation": "x", "writing": token})
    assert answer.status_code == 302
    assert not Draft.objects.exists()


def test_two_who_answer_the_same_step_see_both_answers(
    client_for: Clients, draft: CaseVersion
) -> None:
    first, second = client_for("controller"), client_for("portfolio_manager")
    assert first.post(_step(draft, "behov"), {**NEED, "version": "0"}).status_code == 302
    mine = {**NEED, "need": "Det skal tage en time", "version": "0"}
    met = second.post(_step(draft, "behov"), mine)
    assert met.status_code == 409
    text = _text(met)
    assert "Det skal tage en dag" in text
    assert "Det skal tage en time" in text
    again = {**mine, "version": str(met.context["step_version"])}
    assert second.post(_step(draft, "behov"), again).status_code == 302
    assert queries.parts_of(draft).text(Question.NEED) == "Det skal tage en time"


def test_a_step_is_put_off_and_taken_up(client_for: Clients, draft: CaseVersion) -> None:
    client = client_for("controller")
    later = reverse("business_cases:put_off", args=[draft.pk, "behov"])
    assert client.post(later).url == _step(draft, "alternativer")
    assert _states(client, draft)["behov"] == "later"
    assert client.post(later, {"take_up": "1"}).url == _step(draft, "behov")
    assert _states(client, draft)["behov"] == "missing"


def test_every_kind_of_cost_is_asked_for(client_for: Clients, draft: CaseVersion) -> None:
    client = client_for("controller")
    page = client.get(_step(draft, "udgifter"))
    names = ["Køb og udvikling", "Drift og licenser", "Egne timer", "Omstilling", "Undervisning"]
    assert [kind["label"] for kind in page.context["kinds"]] == names
    reasons = {
        "acquisition": "Det er købt",
        "running": "Ingen licens",
        "change": "Et kvarter på et møde",
        "training": "Alle kan det",
    }
    assert client.post(_step(draft, "udgifter"), {**reasons, "version": "0"}).status_code == 302
    assert _states(client, draft)["udgifter"] == "half"
    hours = page.context["kinds"][2]["derived_url"]
    opened = client.get(hours)
    assert 'value="Timepris"' in opened.content.decode()
    year = draft.price_level
    written = {
        "key": "Egne timer",
        "kind": "investment",
        "measure": "dkk",
        "duration": "one_off",
        "cost_type": "internal_hours",
        "quantity_name": "Timer",
        "quantity_value": "400",
        "quantity_unit": "timer",
        "price_name": "Timepris",
        "price_value": "412,50",
        "price_unit": "kr.",
        "price_source": "Lønkontoret",
        f"share_{year}": "100",
    }
    draft.refresh_from_db()
    done = client.post(hours, {**written, "version": str(draft.version)})
    assert done.status_code == 302, _text(done)
    assert done.url == _step(draft, "udgifter")
    assert _states(client, draft)["udgifter"] == "answered"
    line = queries.figures_of(draft)[0]
    assert (line.amounts, line.cost_type) == ({year: 165_000}, "internal_hours")
    assert "400 timer × 412,5 kr. = 165.000 kr." in _text(
        client.get(_step(draft, "forudsaetninger"))
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"quantity_value": ""}, "Skriv både, hvad tallet er, og værdien"),
        ({"measure": "hours", "kind": "operation"}, "Kun gevinster tælles i timer"),
        ({"share_YEAR": ""}, "Skriv en procent for mindst ét år"),
        ({"quantity_name": "", "quantity_value": ""}, "Vælg mindst én forudsætning"),
    ],
)
def test_a_reckoned_line_that_cannot_be_comes_back_with_the_form(
    client_for: Clients, draft: CaseVersion, changes: dict[str, str], says: str
) -> None:
    written = {
        "key": "Breve",
        "kind": "benefit",
        "measure": "dkk",
        "duration": "recurring",
        "quantity_name": "Breve",
        "quantity_value": "1000",
        "share_YEAR": "100",
        **changes,
    }
    year = str(draft.price_level)
    body = {name.replace("YEAR", year): value for name, value in written.items()}
    url = reverse("business_cases:new_derived_line", args=[draft.pk])
    answer = client_for("controller").post(url, {**body, "version": str(draft.version)})
    assert answer.status_code == 422
    assert says in _text(answer)
    assert not Assumption.objects.filter(case_version=draft).exists()


def test_a_changed_assumption_says_which_lines_it_moved(
    client_for: Clients, filled: CaseVersion
) -> None:
    client = client_for("controller")
    courses = filled.assumptions.get(name="Forløb om året")
    url = reverse("business_cases:assumption", args=[filled.pk, courses.pk])
    assert "Oplæring af borgere" in _text(client.get(url))
    body = {"name": "Forløb om året", "value": "500", "unit": "forløb", "source_text": "Nyt udtræk"}
    body["dated_on"] = f"{clock.today().year}-02-01"
    done = client.post(url, {**body, "version": str(filled.version)}, follow=True)
    assert "Poster regnet om: 1" in _text(done)
    assert "500 forløb × 125,5 kr. = 62.750 kr." in _text(done)
    assert queries.figures_of(filled)[0].amounts == {clock.today().year: 62_750}
    assert client.post(url, {**body, "version": str(filled.version)}).status_code == 409


def test_doing_nothing_is_always_among_the_alternatives(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    empty = _text(client.get(_step(draft, "alternativer")))
    assert "Fortsætte som i dag" in empty
    body = {"what": "Køen vokser", "yearly_cost_dkk": "1.250.000"}
    nothing = reverse("business_cases:do_nothing", args=[draft.pk])
    assert client.post(nothing, {**body, "what": "", "version": "1"}).status_code == 422
    assert client.post(nothing, {**body, "version": "1"}).status_code == 302
    other = reverse("business_cases:new_alternative", args=[draft.pk])
    named = {**body, "name": "Fælles med naboen", "version": "2"}
    assert client.post(other, named).status_code == 302
    assert client.post(other, {**named, "version": "3"}).status_code == 422
    page = _text(client.get(_step(draft, "alternativer")))
    assert "1.250.000 kr." in page
    row = Alternative.objects.get(case_version=draft, is_do_nothing=False)
    remove = reverse("business_cases:remove_alternative", args=[draft.pk, row.pk])
    assert client.post(remove, {"version": "3"}).status_code == 302
    assert not Alternative.objects.filter(pk=row.pk).exists()


def test_a_case_without_benefits_in_figures_is_answered_with_a_sentence(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    none = {"none": "Loven kræver det fra 1. juli.", "version": "0"}
    assert client.post(_step(draft, "gevinster"), none).status_code == 302
    assert _states(client, draft)["gevinster"] == "answered"


def test_the_owner_is_a_person_here(client_for: Clients, draft: CaseVersion, actor: Any) -> None:
    client = client_for("controller")
    leader = actor("unit_leader")
    body = {
        "case_owner": str(leader.person_id),
        "followed_by": "Ledermødet",
        "followed_when": "3, 6, 12 og 24 måneder efter",
        "stopped_when": "Under 40 % i brug",
        "version": "0",
    }
    assert client.post(_step(draft, "opfoelgning"), body).status_code == 302
    assert _states(client, draft)["opfoelgning"] == "answered"
    nobody = {**body, "case_owner": "999999", "version": "4"}
    assert client.post(_step(draft, "opfoelgning"), nobody).status_code == 422


def test_a_stated_horizon_lets_recurring_lines_run_to_it(client_for: Clients, here: int) -> None:
    client, year = client_for("controller"), clock.today().year
    initiative = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
    client.post(reverse("business_cases:start", args=[initiative.pk]))
    draft = CaseVersion.objects.get(case__initiative=initiative, state="draft")
    url = reverse("business_cases:horizon", args=[draft.pk])
    late = {"horizon_year": str(year - 1), "version": "1"}
    assert client.post(url, late).status_code == 422
    assert client.post(url, {"horizon_year": str(year + 4), "version": "1"}).status_code == 302
    page = client.get(reverse("business_cases:draft", args=[draft.pk]))
    assert page.context["figures"].horizon == year + 4


def test_an_unknown_step_is_not_found_and_a_waiting_case_is_not_written(
    client_for: Clients, filled: CaseVersion
) -> None:
    client = client_for("controller")
    assert client.get(_step(filled, "findes-ikke")).status_code == 404
    submit = reverse("business_cases:submit", args=[filled.pk])
    assert client.post(submit, {"version": str(filled.version)}).status_code == 302
    assert client.get(_step(filled, "behov")).url == reverse(
        "business_cases:draft", args=[filled.pk]
    )
    assert client_for("politician").get(_step(filled, "behov")).status_code == 403


def test_a_step_takes_a_few_queries(
    client_for: Clients, filled: CaseVersion, django_assert_max_num_queries: Any
) -> None:
    client = client_for("controller")
    for slug in ("behov", "udgifter", "forudsaetninger"):
        client.get(_step(filled, slug))
        with django_assert_max_num_queries(40):
            client.get(_step(filled, slug))
