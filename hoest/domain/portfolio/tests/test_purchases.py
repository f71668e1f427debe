"""Small purchases are held back until they say which task they serve and for whom; and marks."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hoest.domain.portfolio.actions import marks
from hoest.domain.portfolio.actions import purchases as acts
from hoest.domain.portfolio.models import CoreTask, Purchase
from hoest.domain.portfolio.queries.marks import counts_of_marks
from hoest.domain.portfolio.rules.purchases import Lacking, lacking
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.web.purchases.pages import purchases_to_answer
from hoest.foundation.clock import today
from hoest.foundation.forms.versions import ChangedMeanwhile

CASES = [
    (False, "", "", [Lacking.CORE_TASK, Lacking.VALUE]),
    (True, "", " ", [Lacking.VALUE]),
    (False, "Kortere kø", "", [Lacking.CORE_TASK]),
    (True, "Kortere kø", "", []),
    (True, "", "Færre omveje", []),
]


@pytest.mark.parametrize(("task", "citizens", "staff", "missing"), CASES)
def test_what_holds_a_purchase_back(task, citizens, staff, missing):
    assert lacking(task, citizens, staff) == missing


@pytest.fixture
def fields(here, training):
    """A purchase that says all it must."""
    task = CoreTask.objects.get(organisation_id=here, retired_on__isnull=True)
    return {
        "title": "12 tablets",
        "solves": "Fejl på vejen bliver meldt med det samme",
        "value_for_citizens": "Huller bliver lukket samme uge",
        "value_for_staff": "",
        "core_task": task,
        "unit": training.unit,
        "amount_dkk": Decimal(36_000),
    }


@pytest.mark.django_db
class TestPurchases:
    """Who asks, who answers, and what the database itself refuses."""

    def test_without_task_or_value_nobody_can_say_yes(self, actor, fields):
        held = acts.ask_purchase(
            actor=actor("portfolio_manager"), fields={**fields, "core_task": None}
        )
        with pytest.raises(acts.PurchaseIsHeldBack):
            acts.answer_purchase(
                actor=actor("executive"), purchase_id=held.pk, version=1, says_yes=True
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Purchase.objects.filter(pk=held.pk).update(
                state="approved", decided_on=today(), decided_by_name="Nogen"
            )

    def test_whoever_asks_does_not_answer_and_a_no_has_a_reason(self, actor, fields):
        made = acts.ask_purchase(actor=actor("unit_leader"), fields=fields)
        asked = {"purchase_id": made.pk, "version": 1}
        with pytest.raises(acts.OwnPurchase):
            acts.answer_purchase(actor=actor("unit_leader"), says_yes=True, **asked)
        with pytest.raises(acts.AnswerNeedsReason):
            acts.answer_purchase(actor=actor("executive"), says_yes=False, **asked)
        done = acts.answer_purchase(actor=actor("executive"), says_yes=True, **asked)
        assert (done.state, done.decided_on) == ("approved", today())
        with pytest.raises(acts.PurchaseIsAnswered):
            acts.change_purchase(
                actor=actor("executive"), purchase_id=made.pk, version=2, fields=fields
            )

    def test_what_is_large_is_no_small_purchase(self, actor, fields):
        with pytest.raises(acts.PurchaseIsNotSmall):
            acts.ask_purchase(
                actor=actor("executive"), fields={**fields, "amount_dkk": Decimal(100_001)}
            )

    def test_the_leader_of_the_unit_is_asked_and_the_list_says_what_is_held(
        self, actor, client_for, here
    ):
        leader = actor("unit_leader")
        ready = Purchase.objects.get(organisation_id=here, core_task__isnull=False)
        assert [one.subject_id for one in purchases_to_answer(leader, today())] == [ready.pk]
        page = text_of(client_for("executive").get(reverse("purchases:purchases")))
        assert "1 køb venter på svar; 1 holdes tilbage" in page
        assert "det peger ikke på en kerneopgave" in page

    def test_the_form_has_the_two_values_and_the_core_task(self, client_for):
        page = client_for("executive").get(reverse("purchases:ask")).content.decode()
        for name in ("value_for_citizens", "value_for_staff", "core_task", "solves"):
            assert f'name="{name}"' in page


@pytest.mark.django_db
class TestMarks:
    """The portfolio divides over its marks, with counts."""

    def test_shares_and_counts_are_those_of_the_list(self, client_for, actor, here, training):
        client = client_for("executive")
        found, total = counts_of_marks(actor("executive"))
        assert found[("municipal", "steps")] == 1
        page = text_of(client.get(reverse("marks:marks")))
        assert f"1 af {total} initiativer i gang deler" in page
        rows = client.get(reverse("portfolio:initiatives") + "?reach=municipal&format=json").json()
        assert [row["key"] for row in rows["rows"]] == [training.key]
        rest = client.get(reverse("portfolio:initiatives") + "?reach=uden&format=json").json()
        assert training.key not in {row["key"] for row in rest["rows"]}

    def test_somebody_elses_mark_is_not_overwritten(self, actor, training):
        with pytest.raises(ChangedMeanwhile):
            marks.mark_solution(
                actor=actor("portfolio_manager"),
                initiative_id=training.pk,
                version=9,
                reach="single",
                automation="",
            )
