"""Digests in simulated time: one mail a day, nothing twice, nothing lost, each its own town's."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.db import Error, transaction
from django.urls import reverse

from hoest.foundation import clock
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.content import ContentFault
from hoest.foundation.messages import jobs
from hoest.foundation.messages.actions import choose, danish, queue, withdraw
from hoest.foundation.messages.models import Digest, Message, SignInLink
from hoest.foundation.messages.rules import UnknownAddress
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, email_of, organisation_id

MONDAY = dt.datetime(2027, 2, 1, 9, 0, tzinfo=DANISH_TIME)


@pytest.fixture(autouse=True)
def nothing_waits(here):
    """The world's own waiting messages are taken back, so that each test begins empty."""
    Message.objects.filter(organisation_id=here).update(withdrawn_at=clock.now())


@pytest.fixture
def tell(actor):
    def told(role="benefit_owner", kind="measurement_due", key="", subject="Mål ventetiden"):
        return queue(
            actor=actor("controller"),
            person_id=actor(role).person_id,
            kind=kind,
            subject=subject,
            sentence="Den forfalder i dag.",
            address=reverse("week:mine"),
            key=key,
        )

    return told


def post(here, moment=MONDAY):
    """Let the hour strike, and do the jobs that come of it."""
    with clock.frozen_at(moment):
        ids = jobs.collect_for(here)
        for digest_id in ids:
            jobs.send_digest(organisation_id=here, digest_id=digest_id)
    return ids


def test_what_waits_for_a_person_comes_in_one_mail(here, tell, actor):
    tell(subject="Mål ventetiden")
    tell(subject="Mål forbruget", kind="measurement_late")
    assert len(post(here)) == 1
    (letter,) = mail.outbox
    assert letter.to == [email_of("benefit_owner")]
    assert letter.subject == "2 beskeder fra Høst"
    for text in (letter.body, letter.alternatives[0].content):
        assert "Mål ventetiden" in text
        assert "Mål forbruget" in text
        assert "/beskeder/link/" in text
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_whole_month_of_messages_gives_one_mail_a_working_day(here, tell):
    sent_on = []
    for hour in range(24 * 28):
        moment = MONDAY.replace(hour=0) + dt.timedelta(hours=hour)
        if hour % 5 == 0:
            tell()
        before = len(mail.outbox)
        post(here, moment)
        sent_on += [moment] * (len(mail.outbox) - before)
    days = [moment.date() for moment in sent_on]
    assert len(days) == len(set(days)) == 20
    assert all(7 <= moment.hour < 17 and moment.weekday() < 5 for moment in sent_on)
    assert Message.objects.filter(digest__sent_at__isnull=False).count() > 100


def test_the_same_hour_twice_and_the_same_job_twice_send_once(here, tell):
    tell()
    (digest_id,) = post(here)
    assert post(here, MONDAY + dt.timedelta(minutes=1)) == []
    jobs.send_digest(organisation_id=here, digest_id=digest_id)
    assert len(mail.outbox) == 1


def test_the_database_itself_refuses_a_second_digest_of_a_day(here, tell, actor):
    tell()
    post(here)
    digest = Digest.objects.get(person_id=actor("benefit_owner").person_id, on=MONDAY.date())
    with pytest.raises(Error), transaction.atomic():
        Digest.objects.create(
            organisation_id=here, person_id=digest.person_id, on=digest.on, letter_id="<b>"
        )
    with pytest.raises(Error), transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(sent_at=None)


def test_a_mail_server_that_is_down_costs_no_message_and_gives_no_double(here, tell, monkeypatch):
    tell()
    sending = mail.EmailMessage.send

    def down(self, fail_silently=False):
        raise smtplib.SMTPServerDisconnected("down")

    monkeypatch.setattr(mail.EmailMessage, "send", down)
    with clock.frozen_at(MONDAY):
        (digest_id,) = jobs.collect_for(here)
        with pytest.raises(smtplib.SMTPException):
            jobs.send_digest(organisation_id=here, digest_id=digest_id)
    monkeypatch.setattr(mail.EmailMessage, "send", sending)
    assert post(here, MONDAY + dt.timedelta(hours=1)) == [digest_id]
    assert len(mail.outbox) == 1
    digest = Digest.objects.get(pk=digest_id)
    assert digest.tries == 2
    assert mail.outbox[0].extra_headers["Message-ID"] == digest.letter_id


def test_what_one_day_could_not_send_comes_the_next(here, tell, monkeypatch):
    message = tell()
    with clock.frozen_at(MONDAY):
        jobs.collect_for(here)
    post(here, MONDAY + dt.timedelta(days=1))
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert message.digest.on == MONDAY.date() + dt.timedelta(days=1)


def test_a_kill_after_handing_over_sends_the_same_letter_again_under_its_name(
    here, tell, monkeypatch
):
    tell()
    with clock.frozen_at(MONDAY):
        (digest_id,) = jobs.collect_for(here)
        with monkeypatch.context() as patch:
            patch.setattr(Digest, "save", _killed_at_the_end(Digest.save))
            with pytest.raises(KeyboardInterrupt):
                jobs.send_digest(organisation_id=here, digest_id=digest_id)
        jobs.send_digest(organisation_id=here, digest_id=digest_id)
        jobs.send_digest(organisation_id=here, digest_id=digest_id)
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def _killed_at_the_end(save):
    def saved(self, *args, **kwargs):
        if "sent_at" in kwargs.get("update_fields", ()):
            raise KeyboardInterrupt
        return save(self, *args, **kwargs)

    return saved


def test_the_same_key_tells_once_and_a_withdrawn_one_may_be_told_anew(here, tell, actor):
    first = tell(key="måling:1", subject="Før")
    assert tell(key="måling:1", subject="Nu").pk == first.pk
    assert withdraw(actor=actor("controller"), beginning="måling:") == 1
    assert post(here) == []
    assert tell(key="måling:1", subject="Igen").pk == first.pk
    post(here)
    assert [one.subject for one in mail.outbox] == ["Igen"]
    assert withdraw(actor=actor("controller"), key="måling:1") == 0
    tell(key="måling:1")
    assert post(here, MONDAY + dt.timedelta(days=1)) == []


def test_a_person_who_turned_mail_off_gets_only_what_others_wait_for(here, tell, actor):
    choose(actor=actor("benefit_owner"), rhythm="never")
    tell(subject="Mål ventetiden")
    assert post(here) == []
    tell(kind="owner_asked", subject="Vil du eje den?")
    post(here, MONDAY + dt.timedelta(days=1))
    (letter,) = mail.outbox
    assert letter.subject == "Vil du eje den?"
    assert "Mål ventetiden" not in letter.body


def test_somebody_who_has_left_or_has_no_address_gets_nothing(here, tell, actor):
    from hoest.domain.organisations.models import Person

    tell()
    Person.objects.filter(pk=actor("benefit_owner").person_id).update(left_on=MONDAY.date())
    assert post(here) == []


def test_a_person_without_an_account_gets_plain_addresses(here, tell, actor):
    from hoest.domain.organisations.models import Membership

    tell()
    Membership.objects.filter(person_id=actor("benefit_owner").person_id).delete()
    post(here)
    (letter,) = mail.outbox
    assert "/beskeder/link/" not in letter.body
    assert "virker én gang" not in letter.body
    assert SignInLink.objects.filter(made_at__gte=MONDAY).count() == 0


def test_a_message_leads_to_a_page_of_hoest_and_is_of_a_known_kind(actor):
    facts = {
        "actor": actor("controller"),
        "person_id": actor("benefit_owner").person_id,
        "subject": "Se her",
        "sentence": "",
    }
    for elsewhere in (
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example",
        "gevinster/",
        "/findes-ikke/",
        "/min-uge/\n/",
    ):
        with pytest.raises(UnknownAddress):
            queue(**facts, kind="measurement_due", address=elsewhere)
    with pytest.raises(ContentFault):
        queue(**facts, kind="reklame", address="/")


def test_a_subject_cannot_break_out_of_its_line(here, tell):
    tell(subject="Mål nu\r\nBcc: alle@ond.example")
    post(here)
    assert mail.outbox[0].subject == "Mål nu Bcc: alle@ond.example"


def test_mail_is_danish_for_a_reader_of_english(here, tell, actor):
    from django.utils import translation

    with translation.override("en"), danish():
        assert translation.get_language() == "da"
    with translation.override("en"):
        tell(subject="A")
        tell(subject="B")
        post(here)
    assert "Venlig hilsen" in mail.outbox[0].body


def test_the_neighbours_messages_are_neither_seen_nor_sent_by_our_job(here, tell):
    tell()
    there = organisation_id(THERE)
    with acting_for(there):
        theirs = actor_with_role(there, "benefit_owner")
        Message.objects.filter(organisation_id=there).update(withdrawn_at=clock.now())
        queue(
            actor=theirs,
            person_id=theirs.person_id,
            kind="measurement_due",
            subject="Nabo",
            sentence="",
            address="/",
        )
        with clock.frozen_at(MONDAY):
            ids = jobs.collect_for(there)
    with acting_for(here), clock.frozen_at(MONDAY):
        assert not Message.objects.filter(subject="Nabo").exists()
        # Our job with the neighbour's id finds nothing and sends nothing.
        jobs.send_digest(organisation_id=here, digest_id=ids[0])
        assert mail.outbox == []
    post(here)
    assert [one.to for one in mail.outbox] == [[email_of("benefit_owner")]]


def test_every_municipality_is_gathered_by_the_clock(here, tell, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "collect_for", seen.append)
    jobs.collect.__wrapped__(0) if hasattr(jobs.collect, "__wrapped__") else jobs.collect(0)
    assert set(seen) == {here, organisation_id(THERE)}
