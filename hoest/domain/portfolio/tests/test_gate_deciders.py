"""Who decides at a gate, who is asked, and that a sponsor below the mandate recommends."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Person
from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import GateDecision, GateRequest, Initiative
from hoest.domain.portfolio.rules import (
    Outcome,
    Recommendation,
    Standing,
    is_asked,
    may_open_gate,
    recommends,
)
from hoest.domain.portfolio.tests.gating import decide, organise
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.web.gates import asks
from hoest.foundation import content, gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.messages.models import Message

USUAL = ("executive", "portfolio_manager")
HIGH = ("executive",)


def who(*roles, sponsor=False, lead=False):
    return Standing(is_sponsor=sponsor, is_lead=lead, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("standing", "mandate", "may"),
    [
        (who("executive"), None, True),
        (who("portfolio_manager"), None, True),
        (who("unit_leader"), None, False),
        (who(sponsor=True), None, True),
        (who("executive", sponsor=True, lead=True), None, False),
        (who("executive", lead=True), HIGH, False),
        (who("executive"), HIGH, True),
        (who("portfolio_manager"), HIGH, False),
        (who("unit_leader", sponsor=True), HIGH, False),
        (who("executive", sponsor=True), HIGH, True),
        (who("controller"), ("controller",), True),
    ],
)
def test_who_may_open_a_gate(standing, mandate, may):
    assert may_open_gate(standing, mandate, USUAL) is may


LEADER = who("unit_leader", sponsor=True)
CHIEF = who("executive", sponsor=True)
LEADING = who("executive", sponsor=True, lead=True)


@pytest.mark.parametrize(
    ("standing", "sponsor", "mandate", "asked"),
    [
        (LEADER, LEADER, None, True),
        (who("executive"), LEADER, None, False),
        (LEADER, LEADER, HIGH, False),
        (who("executive"), LEADER, HIGH, True),
        (who("portfolio_manager"), LEADER, HIGH, False),
        (CHIEF, CHIEF, HIGH, True),
        (who("executive"), CHIEF, HIGH, False),
        (who("executive"), None, None, True),
        (who("portfolio_manager"), None, HIGH, False),
        (who("portfolio_manager"), LEADING, None, True),
        (LEADING, LEADING, None, False),
    ],
)
def test_the_sponsor_is_asked_when_she_may_decide_else_those_who_may(
    standing, sponsor, mandate, asked
):
    assert is_asked(standing, sponsor, mandate, USUAL) is asked


@pytest.mark.parametrize(
    ("sponsor", "mandate", "does"),
    [
        (LEADER, HIGH, True),
        (LEADER, None, False),
        (CHIEF, HIGH, False),
        (LEADING, HIGH, False),
        (None, HIGH, False),
    ],
)
def test_a_sponsor_below_the_mandate_recommends(sponsor, mandate, does):
    assert recommends(sponsor, mandate) is does


def test_every_recommendation_has_its_words():
    assert content.codes("gate_recommendation") == tuple(Recommendation)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


@pytest.fixture
def above():
    """The amount of everything is above the first mandate."""
    amount = content.mandate_entries()[0].up_to_dkk + Decimal(1)
    gate_evidence.register_amount(lambda _o, ids: dict.fromkeys(ids, amount))


@pytest.fixture
def leader(actor, robots):
    """A unit leader who sponsors the robots."""
    found = actor("unit_leader")
    Initiative.objects.filter(pk=robots.pk).update(sponsor_id=found.person_id)
    robots.refresh_from_db()
    return found


def ask(actor, robots, note=""):
    return actions.ask_decision(
        actor=actor("portfolio_manager"), initiative_id=robots.pk, note=note
    )


def asked(teller, person):
    return {one.subject_id: one for one in teller(person, today())}


def mails(person, kind):
    """Return the mails a person has about the robots."""
    rows = Message.objects.filter(
        person_id=person.person_id,
        kind=kind,
        withdrawn_at__isnull=True,
        subject__contains="Robotter",
    )
    return list(rows.order_by("pk"))


def recommend(person, robots, word=Recommendation.SUPPORTS, because="Vi har brug for det"):
    request = queries.open_request(robots)
    return actions.recommend(
        actor=person,
        initiative_id=robots.pk,
        version=request.version if request else 0,
        word=word,
        because=because,
    )


class TestAsked:
    """In Min uge and by mail."""

    def test_above_her_mandate_those_who_may_are_asked_and_the_sponsor_to_recommend(
        self, actor, robots, leader, above
    ):
        ask(actor, robots)
        executive = actor("executive")
        assert robots.pk not in asked(asks.decisions_to_make, leader)
        because = asked(asks.decisions_to_make, executive)[robots.pk].because
        assert because == "Beløbet er over det, sponsoren kan afgøre, og du kan afgøre det"
        assert robots.pk not in asked(asks.decisions_to_make, actor("portfolio_manager"))
        told = asked(asks.recommendations_to_give, leader)[robots.pk]
        assert told.reason.replace("\xa0", " ") == (
            "Udgifterne i business casen er 10.000.001 kr. i alt. Det er over de 10 mio. kr., "
            f"du kan afgøre. Derfor afgør direktionen ({executive.name}), og du anbefaler."
        )
        assert [one.subject for one in mails(executive, "gate_asked")] == [
            f"Afgør, om »{robots.title}« går videre"
        ]
        (advice,) = mails(leader, "gate_asked")
        assert advice.subject.startswith("Anbefal")
        assert executive.name in advice.sentence

    def test_within_it_the_sponsor_alone_is_asked(self, actor, robots, leader):
        ask(actor, robots, "Vi er klar")
        assert robots.pk in asked(asks.decisions_to_make, leader)
        assert robots.pk not in asked(asks.decisions_to_make, actor("executive"))
        assert not asked(asks.recommendations_to_give, leader)
        assert [one.sentence for one in mails(leader, "gate_asked")] == ["Vi er klar"]
        assert mails(actor("executive"), "gate_asked") == []

    def test_a_sponsor_who_has_left_is_as_none(self, actor, robots, leader):
        Person.objects.filter(pk=leader.person_id).update(left_on=today())
        ask(actor, robots)
        assert robots.pk in asked(asks.decisions_to_make, actor("executive"))

    def test_whoever_asks_writes_no_mail_to_herself(self, actor, robots):
        Initiative.objects.filter(pk=robots.pk).update(sponsor=None)
        ask(actor, robots)
        assert mails(actor("portfolio_manager"), "gate_asked") == []
        assert mails(actor("executive"), "gate_asked") != []

    def test_the_decision_takes_the_mail_back_and_tells_the_sponsor(
        self, actor, robots, leader, above
    ):
        organise(actor("portfolio_manager"), robots)
        ask(actor, robots)
        executive = actor("executive")
        decide(executive, robots)
        assert mails(executive, "gate_asked") == []
        assert mails(leader, "gate_asked") == []
        (told,) = mails(leader, "gate_decided")
        assert "videre" in told.subject
        assert not asked(asks.recommendations_to_give, leader)

    def test_many_are_asked_about_in_as_many_queries_as_few(self, actor, here, robots, above):
        manager, executive = actor("portfolio_manager"), actor("executive")
        ask(actor, robots)

        def queries_of(teller, person):
            with CaptureQueriesContext(connection) as captured:
                found = list(teller(person, today()))
            return len(found), len(captured)

        leader = actor("unit_leader")
        Initiative.objects.filter(pk=robots.pk).update(sponsor_id=leader.person_id)
        tellers = (
            (asks.decisions_to_make, executive),
            (asks.recommendations_to_give, leader),
        )
        few = [queries_of(*one) for one in tellers]
        for number in range(4):
            made = actions.create_initiative(
                actor=manager, fields={"title": f"Nr. {number}", "unit": robots.unit}
            )
            Initiative.objects.filter(pk=made.pk).update(
                phase="analysis", sponsor_id=leader.person_id
            )
            actions.ask_decision(actor=manager, initiative_id=made.pk)
        for (count, before), (after, now) in zip(
            few, [queries_of(*one) for one in tellers], strict=True
        ):
            assert after == count + 4
            assert now == before


class TestRecommendation:
    """It stands on the gate, goes with the decision, and is the sponsor's alone."""

    def test_it_is_frozen_with_the_decision(self, actor, robots, leader, above, client_for):
        organise(actor("portfolio_manager"), robots)
        ask(actor, robots)
        recommend(leader, robots, because="Det sparer to årsværk")
        assert not asked(asks.recommendations_to_give, leader)
        assert mails(leader, "gate_asked") == []
        made = decide(actor("executive"), robots)
        basis = GateDecision.objects.get(pk=made.pk).basis
        assert basis["recommendation"]["because"] == "Det sparer to årsværk"
        assert basis["recommendation"]["by"] == leader.name
        assert basis["mandate"] == ["executive"]
        page = text_of(client_for("controller").get(reverse("gates:decision", args=[made.pk])))
        assert f"{leader.name} anbefaler som sponsor" in page
        assert "Det sparer to årsværk" in page

    def test_nobody_decides_on_an_older_word_than_the_one_that_stands(
        self, actor, robots, leader, above
    ):
        organise(actor("portfolio_manager"), robots)
        ask(actor, robots)
        recommend(leader, robots)
        robots.refresh_from_db()
        seen = robots.version
        recommend(leader, robots, Recommendation.AGAINST, "Prisen er steget")
        with pytest.raises(ChangedMeanwhile):
            actions.decide_gate(
                actor=actor("executive"), initiative_id=robots.pk, version=seen, outcome=Outcome.GO
            )
        assert not GateDecision.objects.filter(initiative=robots).exists()

    def test_the_form_shows_the_word_and_keeps_what_was_typed_when_it_changes(
        self, actor, robots, leader, above, client_for
    ):
        organise(actor("portfolio_manager"), robots)
        ask(actor, robots)
        recommend(leader, robots, because="Det sparer to årsværk")
        client = client_for("executive")
        address = reverse("gates:decide", args=[robots.pk])
        page = client.get(address)
        assert "Det sparer to årsværk" in text_of(page)
        sent = {"outcome": "go", "reason": "Vi tror på det", "version": page.context["version"]}
        recommend(leader, robots, Recommendation.AGAINST, "Prisen er steget")
        refused = client.post(address, sent)
        assert refused.status_code == 409
        said = text_of(refused)
        assert "Noget er ændret, siden du åbnede siden." in said
        assert "Prisen er steget" in said
        assert "Vi tror på det" in said
        assert not GateDecision.objects.filter(initiative=robots).exists()
        sent["version"] = refused.context["version"]
        assert client.post(address, sent).status_code == 302
        made = GateDecision.objects.get(initiative=robots)
        assert made.basis["recommendation"]["because"] == "Prisen er steget"

    def test_it_may_be_changed_until_then_and_by_no_older_copy(self, actor, robots, leader, above):
        ask(actor, robots)
        recommend(leader, robots)
        changed = recommend(leader, robots, Recommendation.AGAINST, "Prisen er steget")
        assert (changed.recommendation, changed.recommended_because) == (
            "against",
            "Prisen er steget",
        )
        with pytest.raises(ChangedMeanwhile):
            actions.recommend(
                actor=leader,
                initiative_id=robots.pk,
                version=1,
                word=Recommendation.SUPPORTS,
                because="Gammelt",
            )

    def test_it_says_why_and_of_something_that_is_asked(self, actor, robots, leader, above):
        with pytest.raises(actions.NothingIsAsked):
            recommend(leader, robots)
        ask(actor, robots)
        with pytest.raises(actions.RecommendationNeedsReason):
            recommend(leader, robots, because=" ")
        assert GateRequest.objects.get(initiative=robots, closed_at=None).recommendation == ""

    @pytest.mark.parametrize("role", ["executive", "portfolio_manager", "initiative_lead"])
    def test_nobody_else_recommends(self, actor, robots, leader, above, role):
        ask(actor, robots)
        with pytest.raises(NotAllowed, match="Kun sponsoren"):
            recommend(actor(role), robots)

    def test_a_sponsor_who_may_decide_decides(self, actor, robots, leader):
        ask(actor, robots)
        with pytest.raises(NotAllowed, match="selv kan afgøre"):
            recommend(leader, robots)


class TestPages:
    """The gate says who decides and why; the sponsor's button is to recommend."""

    def test_the_gate_says_plainly_who_decides(self, actor, robots, leader, above, client_for):
        ask(actor, robots)
        executive = actor("executive")
        address = reverse("gates:gate", args=[robots.pk])
        for role in ("unit_leader", "controller", "executive"):
            page = text_of(client_for(role).get(address))
            whose = "du" if role == "unit_leader" else "sponsoren"
            assert f"Det er over de 10 mio. kr., {whose} kan afgøre." in page
            assert f"Derfor afgør direktionen ({executive.name}), og {whose} anbefaler." in page
        mine = text_of(client_for("unit_leader").get(address))
        assert "Skriv din anbefaling" in mine
        assert "Afgør, om det går videre" not in mine
        assert "Skriv din anbefaling" not in text_of(client_for("executive").get(address))

    def test_where_nobody_has_the_role_it_says_that_and_what_helps(
        self, actor, robots, leader, above, client_for, here
    ):
        from hoest.domain.organisations.models import RoleAssignment

        RoleAssignment.objects.filter(organisation_id=here, role="executive").delete()
        page = text_of(client_for("controller").get(reverse("gates:gate", args=[robots.pk])))
        assert "Ingen har en rolle, der kan afgøre det." in page
        assert "En administrator kan give rollen: Direktion." in page

    def test_she_recommends_on_the_page_and_may_mend_it(
        self, actor, robots, leader, above, client_for
    ):
        request = ask(actor, robots)
        client = client_for("unit_leader")
        address = reverse("gates:recommend", args=[robots.pk])
        assert client.get(address).status_code == 200
        said = {"word": "supports", "because": "", "version": request.version}
        assert client.post(address, said).status_code == 422
        assert client.post(address, {**said, "because": "To årsværk"}).status_code == 302
        page = text_of(client.get(reverse("gates:gate", args=[robots.pk])))
        assert f"{leader.name} anbefaler som sponsor" in page
        assert "Ret din anbefaling" in page
        assert client_for("executive").get(address).status_code == 403

    def test_asking_says_in_whose_week_it_stands(self, robots, leader, above, actor, client_for):
        client = client_for("portfolio_manager")
        answer = client.post(reverse("gates:ask", args=[robots.pk]), {"note": ""}, follow=True)
        assert f"Den står nu i Min uge hos {actor('executive').name}." in text_of(answer)

    def test_the_list_of_gates_says_who_decides(self, actor, robots, leader, above, client_for):
        ask(actor, robots)
        client, address = client_for("controller"), reverse("gates:requests")

        def named():
            rows = client.get(address, {"q": "Robotter"}).context["rows"]
            return [cell.text for row in rows for cell in row.cells if cell.named]

        executive = actor("executive")
        assert named() == [executive.name]
        told = client.get(address, {"q": "Robotter", "format": "json"}).json()["rows"]
        assert [one["decides"] for one in told] == [executive.name]
        Person.objects.filter(pk=executive.person_id).update(left_on=today())
        assert named() == ["Ingen endnu"]
