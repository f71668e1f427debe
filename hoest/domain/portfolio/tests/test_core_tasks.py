"""Core tasks: what an initiative is for, and the initiatives that point at none."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import CoreTask, Initiative, Purchase
from hoest.domain.portfolio.rules import ACTIVE_PHASES, Phase
from hoest.domain.portfolio.tests.shared import posted, text_of
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db
PAGE, LIST = "portfolio:core_tasks", "portfolio:initiatives"


def fields(name="Børn lærer at læse", sentence="Hvert barn læser i 2. klasse", unit=None):
    return {"name": name, "citizens_notice": sentence, "unit": unit}


@pytest.fixture
def task(here):
    """The core task in use, at which one initiative points."""
    return CoreTask.objects.get(organisation_id=here, retired_on__isnull=True)


def shown_ids(page):
    """Return the initiatives of a list as it was answered in JSON."""
    return {row["key"] for row in page.json()["rows"]}


class TestActs:
    """Who writes core tasks, and what is refused."""

    def test_it_is_written_changed_and_recorded(self, actor):
        manager = actor("portfolio_manager")
        made = actions.create_core_task(actor=manager, fields=fields("  Børn   lærer "))
        assert made.name == "Børn lærer"
        changed = actions.change_core_task(
            actor=manager, core_task_id=made.pk, version=1, fields=fields("Børn læser")
        )
        assert (changed.name, changed.version) == ("Børn læser", 2)
        verbs = Act.objects.filter(verb__contains="core_task", object_id=made.pk)
        assert set(verbs.values_list("verb", flat=True)) == {
            "portfolio.create_core_task",
            "portfolio.change_core_task",
        }

    @pytest.mark.parametrize("role", ["unit_leader", "controller", "employee"])
    def test_only_those_who_keep_the_whole_portfolio_write_them(self, actor, role):
        with pytest.raises(NotAllowed):
            actions.create_core_task(actor=actor(role), fields=fields())

    def test_a_name_is_taken_once_also_by_one_out_of_use(self, actor, here):
        for standing in CoreTask.objects.filter(organisation_id=here):
            with pytest.raises(actions.CoreTaskNameTaken):
                actions.create_core_task(actor=actor("executive"), fields=fields(standing.name))
        with pytest.raises(IntegrityError), transaction.atomic():
            CoreTask.objects.create(organisation_id=here, **fields(standing.name))

    def test_name_and_sentence_are_both_needed(self, actor):
        for lacking in (fields(name=" "), fields(sentence="  ")):
            with pytest.raises(actions.CoreTaskNotWhole):
                actions.create_core_task(actor=actor("executive"), fields=lacking)

    def test_somebody_elses_change_is_not_overwritten(self, actor, task):
        manager = actor("portfolio_manager")
        for act in (actions.retire_core_task, actions.resume_core_task):
            with pytest.raises(ChangedMeanwhile):
                act(actor=manager, core_task_id=task.pk, version=task.version + 1)

    def test_the_neighbours_core_task_does_not_exist(self, actor):
        with acting_for(organisation_id(THERE)):
            theirs = CoreTask.objects.first().pk
        with pytest.raises(NotFound):
            actions.retire_core_task(actor=actor("executive"), core_task_id=theirs, version=1)

    def test_nothing_new_points_at_one_out_of_use(self, actor, here, task, training):
        former = CoreTask.objects.get(organisation_id=here, retired_on__isnull=False)
        with pytest.raises(actions.CoreTaskIsRetired):
            actions.change_initiative(
                actor=actor("portfolio_manager"),
                initiative_id=training.pk,
                version=training.version,
                fields={"core_task": former},
            )


class TestOrphans:
    """The active initiatives that point at no core task."""

    def test_they_are_counted_and_listed_and_nothing_else_is(self, client_for, here, training):
        client = client_for("executive")
        active = Initiative.objects.filter(organisation_id=here, phase__in=ACTIVE_PHASES)
        lacking = set(active.filter(core_task=None).values_list("key", flat=True))
        assert lacking
        assert training.key not in lacking
        page = client.get(reverse(PAGE))
        said = f"{len(lacking)} af {active.count()} initiativer peger ikke på en kerneopgave"
        assert said in text_of(page)
        assert page.context["without_url"] == f"{reverse(LIST)}?core_task=uden"
        assert shown_ids(client.get(page.context["without_url"] + "&format=json")) == lacking

    def test_taking_a_core_task_out_of_use_leaves_its_initiatives_without_one(
        self, actor, task, training
    ):
        executive = actor("executive")
        _found, _active, before = queries.by_core_task(executive)
        retired = actions.retire_core_task(
            actor=executive, core_task_id=task.pk, version=task.version
        )
        _found, _active, after = queries.by_core_task(executive)
        assert after == before + 1
        visible = queries.visible_to(executive)
        assert training in queries.without_core_task(visible)
        actions.resume_core_task(actor=executive, core_task_id=task.pk, version=retired.version)
        assert training not in queries.without_core_task(visible)

    def test_what_is_over_is_not_missed(self, actor, here, task):
        executive = actor("executive")
        _found, active, without = queries.by_core_task(executive)
        Initiative.objects.filter(organisation_id=here, core_task=None).update(phase=Phase.CLOSED)
        assert queries.by_core_task(executive)[1:] == (active - without, 0)

    def test_a_leader_counts_only_what_she_may_see(self, actor):
        _found, seen, _without = queries.by_core_task(actor("unit_leader"))
        _found, every, _without = queries.by_core_task(actor("executive"))
        assert 0 < seen < every

    def test_the_page_costs_the_same_for_many_as_for_few(self, actor, here, training):
        executive = actor("executive")

        def cost():
            with CaptureQueriesContext(connection) as asked:
                queries.by_core_task(executive)
            return len(asked)

        before = cost()
        for n in range(8):
            made = actions.create_core_task(actor=executive, fields=fields(f"Opgave {n}"))
            Initiative.objects.create(
                organisation_id=here,
                key=f"OPG-{n}",
                title=f"Mere {n}",
                unit_id=training.unit_id,
                core_task=made,
            )
        assert cost() == before == 2


class TestPages:
    """The pages, the form of the initiative, and the list."""

    def test_a_core_task_is_shown_with_its_sentence_and_its_initiatives(
        self, client_for, task, training
    ):
        words = text_of(client_for("employee").get(reverse(PAGE)))
        assert task.citizens_notice in words
        assert "1 initiativ er i gang" in words
        assert training.title in words
        assert MARKERS[THERE] not in words
        assert "Skriv en kerneopgave ned" not in words

    def test_without_any_the_page_teaches(self, client_for, here):
        Initiative.objects.filter(organisation_id=here).update(core_task=None)
        Purchase.objects.filter(organisation_id=here).delete()
        CoreTask.objects.filter(organisation_id=here).delete()
        words = text_of(client_for("portfolio_manager").get(reverse(PAGE)))
        assert "Ingen kerneopgaver endnu" in words
        assert "Skriv en kerneopgave ned" in words

    def test_it_is_written_changed_and_taken_out_of_use_by_forms(self, client_for, here):
        client = client_for("portfolio_manager")
        unit = Unit.objects.filter(organisation_id=here).first()
        new = reverse("portfolio:create_core_task")
        assert client.post(new, {"name": "Uden sætning"}).status_code == 422
        assert client.post(new, {**fields("Ny opgave"), "unit": unit.pk}).status_code == 302
        made = CoreTask.objects.get(organisation_id=here, name="Ny opgave")
        edit = reverse("portfolio:change_core_task", args=[made.pk])
        assert client.post(edit, {**fields("Ny"), "unit": "", "version": "9"}).status_code == 409
        assert client.post(edit, {**fields("Ny"), "unit": "", "version": "1"}).status_code == 302
        use = reverse("portfolio:use_core_task", args=[made.pk])
        assert client.post(use, {"version": "2"}).status_code == 302
        made.refresh_from_db()
        assert (made.name, made.unit_id) == ("Ny", None)
        assert made.retired_on is not None
        assert client.post(use, {"version": "3"}).status_code == 302
        made.refresh_from_db()
        assert made.retired_on is None

    def test_the_initiatives_form_offers_those_in_use_and_its_page_leads_there(
        self, client_for, here, task, training
    ):
        client = client_for("portfolio_manager")
        Initiative.objects.filter(pk=training.pk).update(core_task=None)
        edit = reverse("portfolio:edit", args=[training.pk])
        offered = client.get(edit).context["form"].fields["core_task"].queryset
        assert list(offered) == [task]
        answer = client.post(edit, posted(client, training, core_task=task.pk))
        assert answer.status_code == 302
        training.refresh_from_db()
        assert training.core_task == task
        page = client.get(reverse("portfolio:initiative", args=[training.pk]))
        assert f"{reverse(PAGE)}#kerneopgave-{task.pk}" in page.content.decode()

    def test_the_list_is_narrowed_to_one_core_task_and_its_file_names_it(
        self, client_for, task, training
    ):
        client = client_for("executive")
        url = f"{reverse(LIST)}?core_task={task.pk}"
        assert shown_ids(client.get(f"{url}&format=json")) == {training.key}
        assert task.name in client.get(f"{url}&format=csv").getvalue().decode("utf-8-sig")
        assert f"med kerneopgaven {task.name}" in text_of(client.get(url))
