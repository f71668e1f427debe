"""The directory of municipalities on this installation: names and codes, public facts."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models, transaction
from django.utils.text import slugify

from hoest.domain.organisations.models import Organisation, Unit
from hoest.foundation.tenancy.context import acting_for


def find_organisation(name_or_code: str) -> Organisation | None:
    """Find a municipality on this installation by name or four-digit code, forgiving case."""
    wanted = name_or_code.strip()
    return Organisation.objects.filter(
        models.Q(code=wanted)
        | models.Q(name__iexact=wanted)
        | models.Q(municipality_name__iexact=wanted)
        | models.Q(municipality_name__iexact=wanted.removesuffix(" Kommune"))
    ).first()


def organisations_here() -> list[tuple[int, str]]:
    """Return the municipalities on this installation, as (id, name), by name."""
    return list(Organisation.objects.order_by("name").values_list("id", "name"))


def organisation_code(organisation_id: int) -> str:
    """Return the four-digit code of a municipality."""
    return Organisation.objects.values_list("code", flat=True).get(pk=organisation_id)


def opened_codes() -> set[str]:
    """Return the codes of the municipalities on this installation."""
    return set(Organisation.objects.values_list("code", flat=True))


def address_word(municipality_name: str) -> str:
    """Return the word a municipality has in an address: `koebenhavn`."""
    plain = municipality_name.lower()
    for letter, letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        plain = plain.replace(letter, letters)
    return slugify(plain)


def organisations_at(word: str) -> list[int]:
    """Return the municipalities with a word in their addresses; one, unless two share a name."""
    rows = Organisation.objects.order_by("pk").values_list("pk", "municipality_name")
    return [pk for pk, name in rows if address_word(name) == word]


def own_organisation(organisation_id: int) -> Organisation:
    """Return a municipality's public facts."""
    return Organisation.objects.get(pk=organisation_id)


class DemoMunicipality(NamedTuple):
    """A demo municipality on this installation; it is filled when it has units."""

    pk: int
    code: str
    name: str
    is_filled: bool


def demo_organisations() -> list[DemoMunicipality]:
    """Return the demo municipalities by code. Must be called outside any transaction."""
    found = []
    rows = Organisation.objects.filter(is_demo=True).order_by("code")
    for pk, code, name in list(rows.values_list("pk", "code", "name")):
        with acting_for(pk), transaction.atomic():
            is_filled = Unit.objects.filter(organisation_id=pk).exists()
        found.append(DemoMunicipality(pk, code, name, is_filled))
    return found
