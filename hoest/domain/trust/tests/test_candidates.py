"""What is there already: the shared solutions, the building blocks and others' shared lessons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio.actions import lessons as lesson_acts
from hoest.domain.portfolio.models import Initiative, LocalSolution, SharedLesson
from hoest.domain.trust.models import ReuseCheck
from hoest.domain.trust.queries.candidates import candidates_for
from hoest.foundation import content
from hoest.foundation.clock import today
from hoest.foundation.search import similar
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, actor_with_role, organisation_id

pytestmark = pytest.mark.django_db

FOUND = [
    # As the word stands, in a compound, with another ending, by a synonym, by the name alone.
    ("Sygedagpenge uden papir", "solution-ksd"),
    ("Refusionssagerne samles", "solution-ksd"),
    ("Byggesagerne skal gå hurtigere", "solution-byg_og_miljoe"),
    ("Færre underretninger tabt", "solution-dubu"),
    ("Aula til vuggestuen", "solution-aula"),
    ("Medarbejderne skal kun have ét password", "block-access_for_users"),
    ("Sensorer i rensningsanlægget", "block-measurement"),
    ("KP efter reformen", "solution-kp"),
]


def about(initiative, title, in_practice=""):
    """Let an initiative be about something else."""
    Initiative.objects.filter(pk=initiative.pk).update(
        title=title, in_practice=in_practice, theme=""
    )
    initiative.refresh_from_db()


def of_key(actor, initiative, key):
    """Return the candidate with a key, None when it is not there."""
    return next((one for one in candidates_for(actor, initiative) if one.key == key), None)


@pytest.mark.parametrize(("title", "key"), FOUND)
def test_a_shared_thing_is_found_by_the_words_it_is_for(actor, training, title, key):
    about(training, title)
    found = of_key(actor("portfolio_manager"), training, key)
    assert found is not None
    assert found.words
    assert found.source


def test_what_is_about_something_else_finds_no_shared_solution(actor, training):
    about(training, "Skovbørnehavens nye legehus")
    found = candidates_for(actor("portfolio_manager"), training)
    assert not [one.key for one in found if one.kind in ("solution", "block")]


def test_it_says_where_the_facts_come_from_and_when_they_were_read(
    actor, training, client_for, here
):
    about(training, "Sygedagpenge og KP på én gang")
    LocalSolution.objects.create(organisation_id=here, code="ksd", status="in_use")
    in_practice = "Borgere med sygedagpenge får svar, og sagsbehandlere slipper for indtastning"
    about(training, "Færre breve og færre opkald", in_practice)
    assert of_key(actor("portfolio_manager"), training, "solution-ksd"), "one word in a long text"
    about(training, "Sygedagpenge og KP på én gang")
    page = client_for("portfolio_manager").get(reverse("reuse:check", args=[training.pk]))
    said = " ".join(page.content.decode().split())
    assert "Fælles løsninger fra stat og kommuner" in said
    assert 'href="https://ft.dk/samling/20201/almdel/BEU/bilag/85/2298762/index.htm"' in said
    assert "læst 23. november 2026" in said
    assert "Her hos os: I brug." in said
    # Nobody has checked what is said of KP, and so it says.
    kp = said.partition('#solution-kp"')[2].partition("</li>")[0]
    assert "ikke efterprøvet" in kp
    ksd = said.partition('#solution-ksd"')[2].partition("</li>")[0]
    assert "ikke efterprøvet" not in ksd


def test_what_stands_in_both_files_is_shown_once(actor, training, here):
    about(training, "Ét login til medarbejderne", "Adgangsstyring for brugere i alle systemer")
    LocalSolution.objects.create(organisation_id=here, code="fki_users", status="planned")
    found = candidates_for(actor("portfolio_manager"), training)
    keys = [one.key for one in found]
    assert "block-access_for_users" in keys
    assert "solution-fki_users" not in keys
    block = of_key(actor("portfolio_manager"), training, "block-access_for_users")
    assert block.here == content.label("local_status", "planned")


def test_what_another_municipality_wrote_of_its_use_is_not_ours(actor, training):
    about(training, "Sygedagpenge uden papir")
    there = organisation_id(THERE)
    with acting_for(there):
        LocalSolution.objects.create(organisation_id=there, code="ksd", status="in_use")
    assert of_key(actor("portfolio_manager"), training, "solution-ksd").here == ""


def test_what_others_have_learnt_and_shared_is_there_and_nothing_else_of_theirs(actor, training):
    about(training, "Digitale mødeplaner", "Ingen mødeplaner på papir mere")
    found = candidates_for(actor("portfolio_manager"), training)
    (lesson,) = (one for one in found if one.kind == "lesson")
    assert (lesson.title, lesson.lesson_of) == ("Mødeplaner på papir", "Bakkeby Kommune")
    assert lesson.choice_label == "Mødeplaner på papir (Bakkeby Kommune)"
    assert MARKERS[THERE] not in "".join(f"{one.title} {one.about}" for one in found)
    # What is taken back is gone at once.
    there = organisation_id(THERE)
    with acting_for(there):
        copy = SharedLesson.objects.get(organisation_id=there)
        lesson_acts.withdraw_lesson(
            actor=actor_with_role(there, "portfolio_manager"),
            lesson_id=copy.lesson_id,
            version=copy.lesson.version,
        )
    left = candidates_for(actor("portfolio_manager"), training)
    assert not [one for one in left if one.kind == "lesson"]


def test_our_own_lesson_is_no_lesson_of_others(actor, training):
    about(training, "Vagtplaner på tavler")
    manager = actor("portfolio_manager")
    texts = {"title": "Vagtplaner på tavler", "came": "Ingen så på dem", "why": "De hang forkert"}
    one = lesson_acts.write_lesson(actor=manager, fields={**texts, "learnt_on": today()})
    lesson_acts.share_lesson(actor=manager, lesson_id=one.pk, version=one.version)
    assert not [one for one in candidates_for(manager, training) if one.kind == "lesson"]


def test_the_decision_keeps_what_it_builds_on_but_not_what_others_may_take_back(
    actor, training, client_for
):
    about(training, "Mødeplaner og sygedagpenge", "Ingen mødeplaner på papir mere")
    manager = actor("portfolio_manager")
    lesson = next(one for one in candidates_for(manager, training) if one.kind == "lesson")
    url, client = reverse("reuse:check", args=[training.pk]), client_for("portfolio_manager")
    sent = {"choice": "adapt", "reason": "Det findes", "chosen": ["solution-ksd", lesson.key]}
    assert client.post(url, sent).status_code == 302
    check = ReuseCheck.objects.filter(initiative=training).first()
    assert sorted(check.chosen) == sorted(["solution-ksd", lesson.key])
    kept = {one["key"]: one for one in check.candidates}
    assert kept["solution-ksd"]["about"]
    assert kept["solution-ksd"]["read_on"] == "2026-11-23"
    assert kept[lesson.key]["about"] == ""
    assert lesson.about not in str(check.candidates)
    page = " ".join(client.get(url).content.decode().split())
    assert "Bygger på: KSD, Mødeplaner på papir" in page


def test_many_candidates_are_read_in_as_many_queries_as_few(actor, training, here):
    manager = actor("portfolio_manager")
    about(training, "Sygedagpenge")
    candidates_for(manager, training)
    with CaptureQueriesContext(connection) as few:
        candidates_for(manager, training)
    for code in ("ksd", "sapa", "borgerblikket", "aula", "fki_users"):
        LocalSolution.objects.update_or_create(
            organisation_id=here, code=code, defaults={"status": "in_use"}
        )
    about(training, "Sygedagpenge, sagsoverblik, login, samtykke, forældre og måling af besøg")
    with CaptureQueriesContext(connection) as many:
        found = candidates_for(manager, training)
    assert len(found) >= 5
    # Where an initiative looks alike, the places it stands in elsewhere are read as well.
    assert len(many) <= len(few) + 1


class TestWhileSomebodyWrites:
    """The same things stand beside an idea."""

    def test_a_shared_solution_and_a_block_are_offered_with_who_runs_them(self, actor):
        found = similar.find(actor("unit_leader"), "Sygedagpenge tager for lang tid")
        (ksd,) = (one for one in found if one.thing.title == "KSD")
        assert str(ksd.thing.kind) == "Fælles løsning"
        assert ksd.thing.about.startswith("KOMBIT · ")
        found = similar.find(actor("employee"), "Jeg skal huske otte passwords")
        assert "Adgangsstyring for brugere" in [one.thing.title for one in found]

    def test_each_leads_to_its_place_on_the_page_of_what_is_shared(self, client_for, actor):
        page = client_for("executive").get(reverse("delivery:solutions")).content.decode()
        for text in ("sygedagpenge", "password", "aula", "byggesag", "samtykke", "sensorer"):
            places = [
                one.thing.url.partition("#")[2]
                for one in similar.find(actor("executive"), text, most=20)
                if one.thing.url.startswith(reverse("delivery:solutions"))
            ]
            assert places, text
            for place in places:
                assert f'id="{place}"' in page


class TestTheFiles:
    """What the municipalities have together, as the files have it."""

    def test_every_fact_has_a_source_and_the_day_it_was_read_or_is_shown_as_unchecked(self):
        for one in (*content.shared_solutions().values(), *content.building_blocks().values()):
            if getattr(one, "is_confirmed", True) and one.code != "it_service":
                assert one.link.startswith("https://"), one.code
            if getattr(one, "is_confirmed", True):
                assert one.source, one.code
                assert one.read_on is not None, one.code

    def test_a_block_names_a_solution_that_is_there(self):
        known = content.shared_solutions()
        named = [one.solution for one in content.building_blocks().values() if one.solution]
        assert set(named) <= set(known)
        assert len(named) == len(set(named)) == 8
