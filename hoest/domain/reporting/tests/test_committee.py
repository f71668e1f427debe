"""The short account on a committee's page: promised, in hand, waiting, worth asking about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.benefits.models import TakeoutAgreement
from hoest.domain.organisations.models import Body
from hoest.domain.portfolio.models import Initiative

OPEN = ("undecided", "discussed")


@pytest.fixture
def committee(here: int) -> Body:
    """The committee whose benefits have an agreement that waits for a decision."""
    agreement = TakeoutAgreement.objects.filter(status__in=OPEN, withdrawn_on=None).first()
    assert agreement is not None
    initiative = agreement.benefit.initiative
    if initiative.body is None:
        initiative.body = Body.objects.order_by("pk").first()
        initiative.save(update_fields=["body"])
    return initiative.body


def panel_of(client: Any, body: Body) -> str:
    page = client.get(reverse("organisations:body", args=[body.pk])).content.decode()
    found = re.search(
        r'<section class="panel" aria-labelledby="short-title">.*?</section>', page, re.S
    )
    return found.group(0).replace("\xa0", " ") if found else ""


def test_a_politician_reads_what_was_promised_and_what_waits(committee, client_for):
    panel = panel_of(client_for("politician"), committee)
    waiting = TakeoutAgreement.objects.filter(
        benefit__initiative__body=committee, status__in=OPEN, withdrawn_on=None
    )
    assert "Det, der er lovet" in panel
    assert re.search(r"[\d.,]+ (?:mio\. )?kr\. om året.* · 20\d\d-priser", panel)
    for agreement in waiting:
        assert reverse("benefits:agreement", args=[agreement.pk]) in panel


def test_what_is_decided_no_longer_waits(committee, client_for):
    decided = TakeoutAgreement.objects.filter(status__in=("decided", "booked"), withdrawn_on=None)
    panel = panel_of(client_for("politician"), committee)
    assert decided.exists()
    for agreement in decided:
        assert f'{reverse("benefits:agreement", args=[agreement.pk])}"' not in panel


def test_a_committee_without_benefits_leads_to_the_account_of_all(here, committee, client_for):
    taken = Initiative.objects.exclude(body=None).values("body_id")
    empty = Body.objects.exclude(pk__in=taken).first() or Body.objects.create(
        organisation_id=here, name="Ældrerådet", kind="committee"
    )
    panel = panel_of(client_for("politician"), empty)
    assert f'href="{reverse("reporting:account")}"' in panel
    assert "Intet venter på en beslutning lige nu." in panel


def test_nobody_without_the_account_reads_the_panel(committee, client_for):
    assert panel_of(client_for("partner"), committee) == ""


def test_the_page_takes_as_many_queries_however_many_benefits(
    committee, client_for, django_assert_num_queries
):
    client = client_for("politician")
    panel_of(client, committee)
    with django_assert_num_queries(55):
        panel_of(client, committee)


def test_the_week_leads_a_politician_to_the_committees(here, client_for):
    link = f'href="{reverse("organisations:overview")}#udvalg"'
    assert link in client_for("politician").get(reverse("week:mine")).content.decode()
    assert link not in client_for("controller").get(reverse("week:mine")).content.decode()
    assert 'id="udvalg"' in client_for("politician").get(reverse("organisations:overview")).text
