"""Ideas as the application role: give, answer, climb, share, flag, photo, take further."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.actions import idea_answers, ideas
from hoest.domain.portfolio.actions.idea_steps import CannotGoThere, NotYourAnswer
from hoest.domain.portfolio.models import Idea, IdeaPhoto, IdeaScore, IdeaStep, StuckDay
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.rules.ideas import IdeaState
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import clock
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.messages.models import Message
from hoest.foundation.photos import NotAPhoto, read_photo
from tests.support.ideas import fields_of, picture
from tests.support.world import MARKERS, THERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(here):
    """The unit in which the employee works."""
    return Unit.objects.get(organisation_id=here, name="Hjemmepleje")


@pytest.fixture
def given(actor, unit):
    """An idea the employee has just given, not shared."""
    return ideas.give_idea(actor=actor("employee"), fields=fields_of(unit, "Liften er væk. Igen."))


def answered(actor, idea, sponsor=None, reason="Vi har ikke råd i år"):
    """Answer an idea as the leader of the unit."""
    idea.refresh_from_db()
    return idea_answers.answer_idea(
        actor=actor("unit_leader"),
        idea_id=idea.pk,
        version=idea.version,
        reason=reason,
        sponsor=sponsor,
    )


class TestGiving:
    """Who gives, who is asked, and by when."""

    def test_the_leader_of_the_unit_is_asked_within_two_weeks_and_told(self, actor, given):
        assert given.title == "Liften er væk"
        assert given.asked_id == actor("unit_leader").person_id
        assert given.due_on == clock.today() + dt.timedelta(days=14)
        told = Message.objects.get(
            person_id=given.asked_id, kind="idea_asked", key__contains=str(given.pk)
        )
        assert "Liften er væk" in told.sentence

    def test_a_unit_has_its_own_deadline_and_those_below_it_too(self, actor, unit):
        idea_answers.choose_answer_days(actor=actor("unit_leader"), unit=unit.parent, days=5)
        made = ideas.give_idea(actor=actor("employee"), fields=fields_of(unit, "Døren binder"))
        assert made.due_on == clock.today() + dt.timedelta(days=5)
        with pytest.raises(idea_answers.DaysOutOfReach):
            idea_answers.choose_answer_days(actor=actor("unit_leader"), unit=unit, days=91)

    @pytest.mark.parametrize("role", ["employee", "politician", "controller", "administrator"])
    def test_everybody_inside_may_give_and_see_her_own(self, actor, unit, role):
        who = actor(role)
        made = ideas.give_idea(actor=who, fields=fields_of(unit, "Printeren er tom"))
        assert queries.idea_of(who, made.pk) == made

    def test_a_partner_gives_nothing_and_sees_nothing(self, actor, unit):
        with pytest.raises(NotAllowed):
            ideas.give_idea(actor=actor("partner"), fields=fields_of(unit, "Hej"))
        assert not queries.ideas_visible_to(actor("partner")).exists()

    def test_an_idea_without_words_is_refused_also_by_the_database(self, actor, unit, here, given):
        with pytest.raises(ideas.IdeaNotWhole):
            ideas.give_idea(actor=actor("employee"), fields=fields_of(unit, "  "))
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(pk=given.pk).update(for_whom="")

    def test_a_leader_does_not_answer_her_own_idea(self, actor, unit):
        made = ideas.give_idea(
            actor=actor("unit_leader"), fields=fields_of(unit, "Møderne er lange")
        )
        assert made.asked_id == actor("portfolio_manager").person_id
        with pytest.raises(NotYourAnswer):
            answered(actor, made)


class TestSeeing:
    """An idea is its giver's and her leaders' until it is shared."""

    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            ("employee", True),
            ("unit_leader", True),
            ("executive", True),
            ("portfolio_manager", True),
            ("politician", False),
            ("benefit_owner", False),
            ("controller", False),
        ],
    )
    def test_who_sees_an_idea_that_is_not_shared(self, actor, given, role, sees):
        found = queries.ideas_visible_to(actor(role)).filter(pk=given.pk).exists()
        assert found is sees

    def test_a_shared_idea_is_seen_by_all_inside_and_by_no_neighbour(
        self, actor, given, client_for
    ):
        ideas.share_idea(
            actor=actor("employee"), idea_id=given.pk, version=given.version, is_shared=True
        )
        assert queries.idea_of(actor("politician"), given.pk)
        page = client_for("executive", there=True).get(reverse("ideas:idea", args=[given.pk]))
        assert page.status_code == 404
        listed = client_for("executive").get(reverse("ideas:ideas"))
        assert MARKERS[THERE] not in listed.content.decode()

    def test_only_the_giver_shares(self, actor, given):
        with pytest.raises(NotYourAnswer):
            ideas.share_idea(
                actor=actor("executive"), idea_id=given.pk, version=given.version, is_shared=True
            )


class TestAnswering:
    """A sponsor or a polite no, with a reason."""

    def test_a_yes_has_a_sponsor_shares_the_idea_and_is_told(self, actor, given):
        sponsor = given.asked
        done = answered(actor, given, sponsor, "Det koster os en time om dagen")
        assert (done.state, done.is_shared, done.due_on) == (IdeaState.SPONSORED, True, None)
        told = Message.objects.get(
            person_id=given.giver_id, key__startswith=f"idea-step:{given.pk}"
        )
        assert told.sentence == "Det koster os en time om dagen"
        assert not Message.objects.filter(
            key__startswith=f"idea-ask:{given.pk}:", withdrawn_at__isnull=True
        ).exists()

    def test_a_no_has_a_reason_and_may_become_a_yes(self, actor, given):
        with pytest.raises(idea_answers.AnswerNeedsReason):
            answered(actor, given, reason="  ")
        assert answered(actor, given).state == IdeaState.DECLINED
        assert answered(actor, given, given.asked, "Nu er der råd").state == IdeaState.SPONSORED

    def test_an_older_copy_is_refused(self, actor, given):
        with pytest.raises(ChangedMeanwhile):
            idea_answers.answer_idea(
                actor=actor("unit_leader"), idea_id=given.pk, version=99, reason="Nej"
            )

    @pytest.mark.parametrize("role", ["initiative_lead", "people_partner", "security_officer"])
    def test_who_may_read_may_not_therefore_answer(self, actor, given, role):
        with pytest.raises(NotAllowed):
            idea_answers.answer_idea(
                actor=actor(role), idea_id=given.pk, version=given.version, reason="Nej"
            )

    def test_nobody_who_cannot_see_it_answers(self, actor, given):
        with pytest.raises(NotFound):
            idea_answers.answer_idea(
                actor=actor("controller"), idea_id=given.pk, version=given.version, reason="Nej"
            )

    def test_steps_and_scores_are_final_in_the_database(self, actor, given):
        ideas.assess_idea(
            actor=actor("unit_leader"), idea_id=given.pk, scores={"feasibility": (3, "Vi kan selv")}
        )
        for rows in (IdeaStep.objects.filter(idea=given), IdeaScore.objects.filter(idea=given)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                rows.update(by_name="en anden")
            with pytest.raises(ProgrammingError), transaction.atomic():
                rows.delete()

    def test_beyond_the_answer_the_database_asks_for_a_sponsor(self, given):
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(pk=given.pk).update(state="tried")


class TestClimbing:
    """A missed deadline goes to the next leader, every time once."""

    def test_it_climbs_to_the_portfolio_then_to_the_chief_executive_then_stays(self, actor, given):
        from hoest.domain.portfolio.jobs import climb_in

        day = given.due_on
        seen = []
        for weeks in (0, 2, 4, 6):
            with clock.frozen_at(day + dt.timedelta(days=1, weeks=weeks)):
                climb_in(given.organisation_id)
                climb_in(given.organisation_id)
            given.refresh_from_db()
            seen.append(given.asked_id)
        expected = [actor(role).person_id for role in ("portfolio_manager", "executive")]
        assert seen == [*expected, expected[-1], expected[-1]]
        steps = IdeaStep.objects.filter(idea=given, kind="climbed")
        assert [one.by_name for one in steps] == ["", ""]

    def test_an_idea_in_time_stays(self, given):
        from hoest.domain.portfolio.jobs import climb_in

        climb_in(given.organisation_id)
        assert not IdeaStep.objects.filter(idea=given, kind="climbed").exists()

    def test_who_is_asked_finds_it_in_her_week(self, actor, given):
        from hoest.foundation import asks

        found = asks.asked_of(actor("unit_leader"), clock.today())
        assert [one.subject_id for one in found if one.kind == "idea_answer"].count(given.pk) == 1
        answered(actor, given)
        asked = asks.asked_of(actor("unit_leader"), clock.today())
        assert given.pk not in [one.subject_id for one in asked if one.kind == "idea_answer"]
        news = asks.asked_of(actor("employee"), clock.today())
        assert given.pk in [one.subject_id for one in news if one.kind == "idea_news"]


class TestStandingStill:
    """Said without a name, counted once a device, shown in groups and a day later."""

    def flag(self, client, idea):
        return client.post(reverse("ideas:stuck", args=[idea.pk]))

    def test_nothing_that_is_kept_tells_who_it_was(self, client_for, given):
        before = Act.objects.count()
        client = client_for("employee")
        first, again = self.flag(client, given), self.flag(client, given)
        assert (first.status_code, first.url) == (again.status_code, again.url) == (302, again.url)
        day = StuckDay.objects.get(idea=given)
        assert day.flags == 1
        assert Act.objects.count() == before
        names = {field.name for field in StuckDay._meta.get_fields()}
        assert names == {"id", "organisation", "idea", "on", "flags"}
        given.refresh_from_db()
        assert given.version == 1

    def test_two_people_at_one_device_both_count(self, client_for, given):
        one, other = client_for("employee"), client_for("unit_leader")
        self.flag(one, given)
        other.cookies["stampe"] = one.cookies["stampe"].value
        self.flag(other, given)
        assert StuckDay.objects.get(idea=given).flags == 2

    def test_a_day_has_a_ceiling(self, actor, given):
        for _ in range(14):
            idea_answers.flag_stuck(actor=actor("employee"), idea_id=given.pk)
        assert StuckDay.objects.get(idea=given).flags == 10

    def test_it_is_shown_from_a_group_and_not_on_the_day_itself(self, given):
        StuckDay.objects.create(
            organisation_id=given.organisation_id, idea=given, on=clock.today(), flags=7
        )
        assert queries.stuck_groups(given) == 0
        with clock.frozen_at(clock.now() + dt.timedelta(days=1)):
            assert queries.stuck_groups(given) == 5
        StuckDay.objects.update(flags=4)
        with clock.frozen_at(clock.now() + dt.timedelta(days=1)):
            assert queries.stuck_groups(given) == 0

    def test_a_closed_idea_cannot_stand_still(self, actor, given):
        answered(actor, given)
        with pytest.raises(idea_answers.StandsStillAlready):
            idea_answers.flag_stuck(actor=actor("unit_leader"), idea_id=given.pk)


class TestPhotos:
    """A photo is drawn anew, small, and only for those who may see the idea."""

    def test_place_and_device_are_gone_and_it_stands_upright(self):
        exif = Image.Exif()
        exif[0x0110] = "Telefon 12"
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[2] = (55.0, 40.0, 0.0)
        shot = picture(400, 200, exif=exif.tobytes())
        assert b"Telefon 12" in shot.getvalue()
        kept = read_photo(shot, len(shot.getvalue()))
        opened = Image.open(io.BytesIO(kept.content))
        assert (kept.width, kept.height) == (200, 400)
        assert not opened.getexif()
        assert b"Telefon 12" not in kept.content

    def test_it_is_made_smaller(self):
        shot = picture(4000, 1000)
        assert read_photo(shot, len(shot.getvalue())).width == 1600

    @pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff"])
    def test_what_is_no_photo_is_refused_whatever_it_calls_itself(self, content):
        with pytest.raises(NotAPhoto):
            read_photo(io.BytesIO(content), len(content))

    def test_too_many_bytes_are_refused_before_they_are_read(self):
        with pytest.raises(NotAPhoto):
            read_photo(io.BytesIO(b""), 16_000_000)

    def test_it_comes_with_headers_that_let_it_be_a_picture_only(self, client_for, here):
        found = IdeaPhoto.objects.filter(organisation_id=here).first()
        answer = client_for("politician").get(reverse("ideas:photo", args=[found.idea_id]))
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]

    def test_who_cannot_see_the_idea_gets_no_photo(self, client_for, given, here):
        shot = picture()
        photo = read_photo(shot, len(shot.getvalue()))
        ideas._put_photo(given, photo)
        address = reverse("ideas:photo", args=[given.pk])
        assert client_for("employee").get(address).status_code == 200
        assert client_for("politician").get(address).status_code == 404
        assert client_for("executive", there=True).get(address).status_code == 404


class TestPages:
    """The form, the draft, the page and the list."""

    def test_an_idea_is_given_with_four_answers_and_no_title(self, client_for, unit):
        client = client_for("employee")
        page = client.get(reverse("ideas:give"))
        assert page.context["form"]["unit"].value() == unit.pk
        shot = picture()
        shot.name = "foto.jpg"
        sent = client.post(
            reverse("ideas:give"),
            {
                "problem": "Vi mangler handsker i bilen.",
                "for_whom": "Aftenvagten",
                "how_often": "weekly",
                "unit": unit.pk,
                "photo": shot,
            },
        )
        made = Idea.objects.get(title="Vi mangler handsker i bilen")
        assert sent.status_code == 302
        assert IdeaPhoto.objects.filter(idea=made).exists()
        shown = text_of(client.get(reverse("ideas:idea", args=[made.pk])))
        assert "får svar senest" in shown
        assert "Unit_leader" not in shown

    def test_a_file_that_is_no_photo_is_a_fault_of_the_field(self, client_for, unit):
        fake = io.BytesIO(b"<html>")
        fake.name = "foto.jpg"
        page = client_for("employee").post(
            reverse("ideas:give"),
            {"problem": "P", "for_whom": "V", "how_often": "daily", "unit": unit.pk, "photo": fake},
        )
        assert page.status_code == 422
        assert "kan ikke læses som et billede" in text_of(page)

    def test_a_draft_waits_and_is_gone_when_the_idea_is_given(self, client_for, unit):
        client = client_for("employee")
        client.post(reverse("ideas:keep_draft"), {"problem": "Halvt skrevet", "unit": unit.pk})
        assert "Halvt skrevet" in client.get(reverse("ideas:give")).content.decode()

    def test_the_list_asks_as_often_for_many_as_for_few(self, client_for, actor, unit):
        client = client_for("employee")

        def asked():
            client.get(reverse("ideas:ideas"))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse("ideas:ideas")).status_code == 200
            return len(captured)

        few = asked()
        for number in range(8):
            ideas.give_idea(actor=actor("employee"), fields=fields_of(unit, f"Nummer {number}"))
        assert asked() == few

    def test_the_picture_puts_an_idea_where_both_scales_say(self, client_for):
        page = client_for("unit_leader").get(reverse("ideas:picture"))
        assert page.context["count"] == 1
        assert "celle=4-3" in page.content.decode()

    def test_an_idea_becomes_an_initiative_and_its_giver_stays_credited(
        self, actor, given, client_for
    ):
        answered(actor, given, given.asked, "Ja")
        given.refresh_from_db()
        made = ideas.adopt_idea(actor=actor("unit_leader"), idea_id=given.pk, version=given.version)
        page = text_of(
            client_for("unit_leader").get(reverse("portfolio:initiative", args=[made.pk]))
        )
        assert "en idé fra" in page
        assert given.giver_name in page
        given.refresh_from_db()
        with pytest.raises(CannotGoThere):
            ideas.adopt_idea(actor=actor("unit_leader"), idea_id=given.pk, version=given.version)
