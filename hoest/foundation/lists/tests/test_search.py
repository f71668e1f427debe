"""Search as Danes write, and nothing that is typed can break it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hoest.domain.organisations.models import Unit
from hoest.foundation.lists.search import fold, search, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(here):
    """Some units with Danish names."""
    for name in (
        "Ældreomsorg",
        "Hjemmeplejen Øst",
        "Århus Kontor",
        "Medarbejdernes hus",
        "Café Ø",
        "Vej & Park",
    ):
        Unit.objects.create(organisation_id=here, name=name, kind="team")
    return Unit.objects.filter(organisation_id=here, kind="team")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ældr", {"Ældreomsorg"}),
        ("aeldre", {"Ældreomsorg"}),
        ("ÆLDRE", {"Ældreomsorg"}),
        ("omsorg", {"Ældreomsorg"}),
        ("pleje", {"Hjemmeplejen Øst"}),
        ("hjemmeplejens", {"Hjemmeplejen Øst"}),
        ("oest hjemme", {"Hjemmeplejen Øst"}),
        ("århus", {"Århus Kontor"}),
        ("aarhus", {"Århus Kontor"}),
        ("medarbejder", {"Medarbejdernes hus"}),
        ("medarbejderen", {"Medarbejdernes hus"}),
        ("hus", {"Århus Kontor", "Medarbejdernes hus"}),
        ("cafe", {"Café Ø"}),
        ("ø", {"Café Ø", "Hjemmeplejen Øst"}),
        ("p", {"Vej & Park"}),
        ("park vej", {"Vej & Park"}),
        ("park café", set()),
        ("%", {"everything"}),
        ("100%", set()),
    ],
)
def test_a_word_is_found_at_the_start_inside_and_bent(units, typed, found):
    names = set(search(units, typed, ("name",)).values_list("name", flat=True))
    assert names == (set(units.values_list("name", flat=True)) if "everything" in found else found)


def test_fields_of_other_rows_are_searched_and_missing_ones_do_no_harm(here):
    parent = Unit.objects.create(organisation_id=here, name="Klima", kind="department")
    Unit.objects.create(organisation_id=here, name="Kyst", kind="team", parent=parent)
    rows = Unit.objects.filter(organisation_id=here)
    assert [u.name for u in search(rows, "klima kyst", ("name", "parent__name"))] == ["Kyst"]
    assert "Klima" in [u.name for u in search(rows, "klima", ("name", "parent__name"))]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=220))
def test_nothing_that_is_typed_breaks_the_query(units, typed):
    list(search(units, typed, ("name", "parent__name"))[:3])


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example("ö--1: Ø\\")
@given(st.text(alphabet="abcæøåäöéAÆØÅ '%_-&|!():*\\1", min_size=1, max_size=60))
def test_a_name_is_found_by_each_of_its_own_words(here, units, name):
    made = Unit.objects.create(organisation_id=here, name=name, kind="team")
    try:
        for word in words_of(name):
            assert made in search(units, word, ("name",))
    finally:
        made.delete()


def test_two_hundred_signs_are_enough_and_twelve_words():
    assert words_of("x" * 5000) == ["x" * 200]
    assert len(words_of("a b c d e f g h i j k l m n o p")) == 12
    assert fold("Ærø Å-É") == "aeroe aa-e"
