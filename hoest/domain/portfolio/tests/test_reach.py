"""An initiative is found from its unit, its committee and by search."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Body, Person, Unit
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import panels

pytestmark = pytest.mark.django_db


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

    def test_the_search_on_top_leads_to_the_search(self, client_for):
        page = client_for("executive").get(reverse("portfolio:initiatives")).content.decode()
        assert re.search(r'<form class="search"[^>]*action="/soeg/"', page)
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
        assert "Fra papir til telefon" in titles(status="attention")
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
