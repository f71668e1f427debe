"""What the neighbours' results mean for us: a range, never one number, and our own drawn to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from hoest.domain.evidence.calculations import Neighbour, weighed
from hoest.domain.evidence.models import SharedEffect, Study
from hoest.domain.evidence.rules import Wanted
from hoest.domain.evidence.web.planning.neighbours_shown import Said
from hoest.domain.evidence.web.planning.others import offered
from hoest.foundation import clock
from hoest.foundation.search.similar import typed
from hoest.foundation.tenancy.context import acting_for
from hoest.ui import formats
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db
SOLUTION = "Skærmbesøg"


@pytest.fixture
def study(here) -> Study:
    """The study the municipality has, whose series is in minutes."""
    return Study.objects.select_related("series", "benefit").get(organisation_id=here)


@pytest.fixture
def share(here):
    """Let the neighbour share results, each under the name of a municipality."""

    def shared(
        *results: tuple[float, float],
        grade: int = 4,
        unit: str = "minutter",
        solution: str = SOLUTION,
        definition: str = "Fra dør til dør",
    ) -> None:
        from hoest.domain.benefits.models import Benefit
        from hoest.domain.evidence import actions
        from hoest.domain.evidence.rules import Step, Wanted
        from hoest.domain.organisations.queries import system_actor

        there = organisation_id(THERE)
        with acting_for(there), transaction.atomic():
            system = system_actor(there, "Opsætning", "test")
            benefit = Benefit.objects.filter(organisation_id=there).order_by("pk").first()
            assert benefit is not None
            for number, (estimate, error) in enumerate(results):
                series = actions.new_series(
                    actor=system,
                    fields={
                        "name": f"Serie {number} {grade} {unit} {solution[:1]}",
                        "measure_unit": unit,
                        "step": Step.MONTH,
                        "wanted": Wanted.LOWER,
                        "definition": "Fra dør til dør",
                    },
                )
                made = actions.begin_study(actor=system, benefit_id=benefit.pk, series_id=series.pk)
                SharedEffect.objects.create(
                    organisation_id=there,
                    study=made,
                    municipality_name=f"Nabo {number}",
                    solution=solution,
                    series_name=series.name,
                    measure_unit=unit,
                    wanted="lower",
                    definition=definition,
                    estimate=estimate,
                    error=error,
                    low=estimate - 2 * error,
                    high=estimate + 2 * error,
                    grade=grade,
                    verdict="vist",
                    places=8,
                    made_on=clock.today(),
                    shared_on=clock.today(),
                    shared_by_name="Inger Delemand",
                )

    return shared


def _page(client, study, **asked):
    url = reverse("planning:neighbours", args=[study.benefit_id])
    return client.get(url, asked)


def test_three_results_give_a_range_first_and_never_one_number(study, share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6))
    page = _page(client_for("portfolio_manager"), study, loesning=SOLUTION)
    assert page.status_code == 200
    assert page.context["point"].startswith("Hos den næste bliver tallet formentlig ")
    assert " til " in page.context["point"]
    own = next(one for one in page.context["sentences"] if one.startswith("Jeres egne"))
    assert "trækkes til" in own
    assert "fordi jeres resultat er usikkert" in own
    assert "I²" in page.content.decode()


def test_the_day_it_was_shared_is_told_and_nobody_s_name(study, share, client_for):
    share((-2.0, 0.5))
    client = client_for("portfolio_manager")
    first = SharedEffect.objects.get(municipality_name="Nabo 0")
    day = f"Delt {formats.long_date(first.shared_on)}"
    for page in (
        _page(client, study, loesning=SOLUTION),
        client.get(reverse("evidence:solution"), {"nr": first.pk}),
    ):
        said = page.content.decode()
        assert day in said
        assert first.shared_by_name not in said
    for kind in ("", "json", "csv"):
        found = client.get(reverse("evidence:others"), {"format": kind} if kind else {})
        assert first.shared_by_name not in found.getvalue().decode()


def test_below_three_there_is_only_what_they_found(study, share, client_for):
    from hoest.domain.evidence.models import Estimate

    share((-2.0, 0.5))
    assert Estimate.objects.filter(study=study).count() == 1
    page = _page(client_for("portfolio_manager"), study, loesning=SOLUTION)
    assert page.context["point"] == "2 resultater er for lidt til et spænd for jer"
    assert "Det er kun det mindste og det største" in page.context["sentences"][0]
    assert page.context["annex"] == []


def test_the_promise_has_a_chance_and_the_volume_a_range_in_hours(study, share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6))
    client = client_for("portfolio_manager")
    small = _page(client, study, loesning=SOLUTION, loefte="1", maengde="40.000")
    large = _page(client, study, loesning=SOLUTION, loefte="5", maengde="40.000")
    (chance,) = (one for one in small.context["sentences"] if one.startswith("Sandsynligheden"))
    assert "over 99 %" in chance
    (less,) = (one for one in large.context["sentences"] if one.startswith("Sandsynligheden"))
    assert "under 1 %" in less
    (many,) = (
        one for one in small.context["sentences"] if one.startswith("Med en mængde på 40.000 om")
    )
    assert many.startswith("Med en mængde på 40.000 om året svarer det til ")
    assert "timer færre om året" in many
    assert " til " in many
    assert "kr." not in " ".join(small.context["sentences"])


def test_the_picture_and_the_range_say_grade_and_verdict(study, share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6))
    share((-2.2, 0.5), grade=3)
    page = _page(client_for("portfolio_manager"), study, loesning=SOLUTION)
    picture = page.context["picture"]
    for form in (picture.wide, picture.narrow):
        assert "Nabo 1: 3,00 minutter lavere · grad 4, vist" in form
        assert "Nabo 0: 2,20 minutter lavere · grad 3, vist" in form
        # The eye finds it on a line of its own, so that nothing is cut on a narrow screen.
        assert ">grad 4, vist</text>" in form
        assert ">3,00 minutter lavere</text>" in form
    assert "(metodegrad 3 til 4)" in page.context["sentences"][0]


def test_results_of_one_grade_name_it_once(share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6))
    first = SharedEffect.objects.get(municipality_name="Nabo 0")
    page = client_for("portfolio_manager").get(reverse("evidence:solution"), {"nr": first.pk})
    assert "(metodegrad 4)" in page.context["sentences"][0]


def test_hours_are_fewer_or_more_and_other_units_lower_or_higher():
    minutes = Said("minutter pr. besøg", Wanted.LOWER, SOLUTION, 0.5)
    assert minutes.hours(-1200, -600) == "10,0 til 20,0 timer færre"
    assert minutes.hours(600, 1200) == "10,0 til 20,0 timer flere"
    assert minutes.hours(-600, 1200) == "mellem 10,0 timer færre og 20,0 flere"
    assert minutes.span(-3, -1) == "1,00 til 3,00 minutter pr. besøg lavere"
    assert minutes.span(-3, 1) == "mellem 3,00 lavere og 1,00 højere (minutter pr. besøg)"


def test_a_figure_names_its_unit_once():
    minutes = Said("minutter", Wanted.LOWER, SOLUTION, 0.5)
    assert minutes.figure(-2.3, -2.73, -1.74, 0.5) == "2,30 minutter lavere (1,74 til 2,73)"
    assert minutes.figure(2.3, 1.74, 2.73, 0.5) == "2,30 minutter højere (1,74 til 2,73)"
    assert minutes.figure(-2.3, -4.7, 0.1, 0.5) == (
        "2,30 minutter lavere (4,70 lavere til 0,10 højere)"
    )


def test_a_range_across_nothing_is_a_change_either_way():
    results = [Neighbour(-3.0, 0.3), Neighbour(0.5, 0.3), Neighbour(-1.0, 0.3)]
    one = weighed(results, None, promised=None, volume=None)
    assert one.found is not None
    assert one.found.low < 0 < one.found.high
    said = Said("minutter", Wanted.LOWER, SOLUTION, 0.5).point(one, None)
    assert said.startswith("Hos jer lander ændringen formentlig mellem ")
    assert said.endswith(" højere (minutter)")


def test_what_was_only_counted_stands_beside_and_is_not_reckoned_with(study, share, client_for):
    share((-9.0, 0.1), grade=1)
    page = _page(client_for("portfolio_manager"), study, loesning=SOLUTION)
    assert page.context["point"] == "Ingen har delt et resultat, der kan regnes med"
    assert "(tæller ikke med)" in page.content.decode()


def test_another_unit_is_another_thing(study, share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6), unit="kilometer")
    said = _page(client_for("portfolio_manager"), study).content.decode()
    assert "Nabo 0" not in said
    assert "Ingen anden kommune har delt et resultat, der er målt i minutter, endnu." in said


def test_our_own_is_drawn_to_the_others_the_more_the_less_it_is_sure():
    others = [Neighbour(-3.0, 0.3), Neighbour(-2.8, 0.3), Neighbour(-3.2, 0.3)]
    sure = weighed(others, Neighbour(-8.0, 0.2), promised=-4.0, volume=10.0)
    unsure = weighed(others, Neighbour(-8.0, 3.0), promised=-4.0, volume=10.0)
    assert sure.own is not None
    assert unsure.own is not None
    assert sure.own.drawn_to < unsure.own.drawn_to < -2.8
    assert sure.own.others_share < unsure.own.others_share
    assert sure.reaches is not None
    assert unsure.reaches is not None
    assert sure.reaches > 0.99 > unsure.reaches
    assert sure.in_all == pytest.approx(
        (sure.own.low * 10, sure.own.drawn_to * 10, sure.own.high * 10)
    )


def test_the_profile_gives_the_promise_and_the_volume(study):
    from hoest.domain.evidence.web.planning.promise import promised_change

    benefit = study.benefit
    benefit.measure_unit, benefit.baseline_value = "Minutter ", Decimal("9.0")
    benefit.target_value = Decimal("6.50")
    assert promised_change(benefit, study.series) == Decimal("2.5")
    benefit.measure_unit = "timer"
    assert promised_change(benefit, study.series) is None


def test_all_results_of_others_stand_in_one_list_with_range_grade_and_verdict(share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5))
    client = client_for("portfolio_manager")
    url = reverse("evidence:others")
    said = client.get(url).content.decode()
    for text in (
        "Nabo 0",
        "Nabo 1",
        SOLUTION,
        "2,00 minutter lavere (1,00 til 3,00)",
        "4: trinvis sammenlignet",
        ">vist</td>",
    ):
        assert text.lower() in said.lower()
    only = client.get(url, {"municipality_name": "Nabo 1"}).content.decode()
    assert "Nabo 1</td>" in only
    assert "Nabo 0</td>" not in only
    facts = client.get(url, {"format": "json"}).json()["rows"]
    mine = [one for one in facts if one["municipality_name"] == "Nabo 0"]
    assert [(one["estimate"], one["verdict"], one["grade"]) for one in mine] == [(-2.0, "shown", 4)]
    ours = client.get(reverse("evidence:effects")).content.decode()
    assert "Se, hvad andre kommuner fandt" in ours


def test_a_solution_says_where_it_would_land_before_there_is_a_benefit(study, share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6))
    first = SharedEffect.objects.filter(municipality_name="Nabo 0").get()
    client = client_for("portfolio_manager")
    page = client.get(reverse("evidence:solution"), {"nr": first.pk})
    assert page.status_code == 200
    assert page.context["point"].startswith("Hos jer bliver tallet formentlig ")
    said = page.content.decode()
    assert all(f"Nabo {number}" in said for number in range(3))
    assert reverse("planning:neighbours", args=[study.benefit_id]) in said


def test_what_is_not_shared_is_not_there(here, study, share, client_for):
    share((-2.0, 0.5))
    client = client_for("portfolio_manager")
    gone = client.get(reverse("evidence:solution"), {"nr": 999_999})
    assert gone.status_code == 404
    for odd in ("", "x", "²", "1" * 12):
        answer = client.get(reverse("evidence:solution"), {"nr": odd})
        assert answer.status_code == 302
        assert answer["Location"] == reverse("evidence:others")


def test_who_writes_of_it_is_offered_what_others_found_each_solution_once(share, client_for):
    url = reverse("similar:similar")
    client = client_for("portfolio_manager")
    share((-2.0, 0.5))
    one = client.get(url, {"tekst": "Skærmbesøg om aftenen"}).content.decode()
    assert "Det fandt andre kommuner" in one
    assert "Nabo 0 · 2,00 minutter lavere (1,00 til 3,00)" in one
    assert "trinvis sammenlignet · vist" in one
    share((-3.0, 0.5), grade=3)
    two = client.get(url, {"tekst": "Skærmbesøg om aftenen"}).content.decode()
    assert two.count("Det fandt andre kommuner") == 1
    assert "2 resultater: 2 vist" in two
    assert "minutter lavere" not in two


def test_a_solution_counts_all_its_results_however_they_are_written(study, share, client_for):
    share((-2.0, 0.5), definition="Regnet om aftenen i udekørende grupper")
    share((-3.0, 0.5), (-2.5, 0.5), solution=SOLUTION.lower(), grade=3)
    share((-3.0, 0.5), unit="kilometer")
    client = client_for("portfolio_manager")
    said = client.get(reverse("similar:similar"), {"tekst": "udekørende grupper"}).content.decode()
    assert said.count("Det fandt andre kommuner") == 1
    assert "3 resultater: 3 vist" in said
    first = SharedEffect.objects.get(definition__contains="udekørende")
    page = client.get(reverse("evidence:solution"), {"nr": first.pk})
    assert len(page.context["rows"]) == 3
    for written in (SOLUTION, SOLUTION.lower()):
        page = _page(client, study, loesning=written)
        assert len(page.context["rows"]) == 3


def test_solutions_offered_cost_one_query_more_however_many(
    share, actor, django_assert_num_queries
):
    share((-2.0, 0.5))
    share((-2.0, 0.5), unit="kilometer")
    share((-2.0, 0.5), solution="Skærmbesøg om natten", grade=3)
    who = actor("portfolio_manager")
    offered(who, typed("Skærmbesøg om aftenen"))
    with django_assert_num_queries(2):
        assert len(list(offered(who, typed("Skærmbesøg om aftenen")))) == 3


def test_a_result_without_a_range_stands_there_and_does_not_count(share, client_for):
    share((-2.0, 0.5), (-3.0, 0.5), (-2.5, 0.6), (-9.0, 0.1))
    with acting_for(organisation_id(THERE)), transaction.atomic():
        SharedEffect.objects.filter(estimate=-9.0).update(low=None, high=None)
    without = SharedEffect.objects.get(estimate=-9.0)
    page = client_for("portfolio_manager").get(reverse("evidence:solution"), {"nr": without.pk})
    assert [one["is_counted"] for one in page.context["rows"]] == [True, True, True, False]
    assert "3 resultater" in page.context["sentences"][0]
    assert "(tæller ikke med)" in page.content.decode()
