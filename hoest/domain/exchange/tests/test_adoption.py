"""A file never overwrites what somebody wrote in the same moment."""

from __future__ import annotations

from hoest.domain.portfolio.models import Initiative
from hoest.foundation.imports.adoption import fill


def test_a_row_that_was_edited_after_it_was_read_keeps_the_edit(here: int) -> None:
    read = Initiative.objects.filter(organisation_id=here).first()
    assert read is not None
    edited = Initiative.objects.get(pk=read.pk)
    edited.theme, edited.version = "Skrevet imens", edited.version + 1
    edited.save()
    adoption = fill(read, {"reference": "Fra filen"})
    stands = Initiative.objects.get(pk=read.pk)
    assert (stands.theme, stands.reference) == ("Skrevet imens", "Fra filen")
    assert stands.version == edited.version + 1
    assert adoption.thing.version == stands.version


def test_a_row_that_says_the_same_is_left(here: int) -> None:
    read = Initiative.objects.filter(organisation_id=here).first()
    assert read is not None
    adoption = fill(read, {"title": read.title, "theme": None, "reference": ""})
    assert adoption.was_left
