"""The initiative most tests are about."""

import pytest

from hoest.domain.portfolio.rules import FactAnswer
from hoest.foundation import gate_evidence


@pytest.fixture
def training(here):
    """The initiative in Hjemmepleje that is in use."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Digital hjemmetræning")


@pytest.fixture
def robots(here, actor):
    """An initiative in analysis, all facts no, with sponsor, lead and a plain sentence."""
    from hoest.domain.organisations.models import Person
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.tests.gating import answer

    found = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
    person = {p.email.split("@")[0]: p for p in Person.objects.filter(organisation_id=here)}
    Initiative.objects.filter(pk=found.pk).update(
        in_practice="borgere får svar samme dag",
        sponsor=person["executive"],
        lead=person["initiative_lead"],
    )
    answer(actor("portfolio_manager"), found, rest=FactAnswer.NO)
    found.refresh_from_db()
    return found


@pytest.fixture
def knowing():
    """What higher subjects tell of: there, unless a test says something else."""
    from hoest.domain.portfolio.tests.gating import told

    before, several = dict(gate_evidence._tellers), dict(gate_evidence._several)
    amounts = list(gate_evidence._amounts)
    for code in ("owner", "plain_purpose", "baseline", "tested_assumptions", "old_way_closing"):
        told(code, "present")
    gate_evidence.register_amount(lambda _o, _ids: {})
    yield
    gate_evidence._tellers.clear()
    gate_evidence._tellers.update(before)
    gate_evidence._several.clear()
    gate_evidence._several.update(several)
    gate_evidence._amounts[:] = amounts


@pytest.fixture
def manager(actor):
    """The portfolio manager, who may write everything here."""
    return actor("portfolio_manager")


@pytest.fixture
def rolling(here):
    """The initiative with roll-outs and two stages, the first of them open."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Robotter")


@pytest.fixture
def screens(here):
    """The initiative that waits for somebody outside."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Fælles skærmbesøg")


@pytest.fixture
def late(manager, rolling):
    """A place that is not live, put into the second stage, which is not open."""
    from hoest.domain.portfolio.models import Rollout
    from hoest.domain.portfolio.queries.stages import stages_of
    from hoest.domain.portfolio.tests.staging import take_in

    row = Rollout.objects.get(initiative=rolling, live_on=None, unit__isnull=False)
    take_in(manager, stages_of(rolling)[1].stage, [row])
    row.refresh_from_db()
    return row
