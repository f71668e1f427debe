"""Every address of Høst, as Django's resolver has it, and what to put into it.

Why: the tests of access, of accessibility and the screenshots go through all pages there are. A
new page is in all three from the day it has an address; a new parameter without an entry in
`FIND` fails at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """A named address: `benefits:measure`, its parameters, its view and who reaches it."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def access(self) -> str:
        """Who reaches it: `everybody`, `signed-in` or `municipality`."""
        from hoest.foundation.access.middleware import access_of

        return access_of(self.view)

    def path(self, organisation_id: int) -> str:
        """Return the address with what a municipality has for its parameters.

        The municipality must be bound (`acting_for`).
        """
        kwargs = {one: value_of(self.name, one, organisation_id) for one in self.parameters}
        return reverse(self.name, kwargs=kwargs or None)


def all_addresses() -> list[Address]:
    """List every address of the site, in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def address(name: str) -> Address:
    """Return the address with a name."""
    return next(one for one in all_addresses() if one.name == name)


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
            continue
        regex = pattern.pattern.regex
        parameters = tuple(regex.groupindex)
        yield Address(f"{namespace}{pattern.name}", here, parameters, pattern.callback)


def _first(model: str, **conditions: Any) -> Callable[[int], Any]:
    """Return a finder of the first row of a model (by id) in a municipality."""

    def find(organisation_id: int) -> Any:
        from django.apps import apps

        rows = apps.get_model(model).objects.filter(organisation_id=organisation_id, **conditions)
        found = rows.order_by("pk").values_list("pk", flat=True).first()
        assert found is not None, f"The test world has no {model} {conditions or ''}"
        return found

    return find


# What stands for a parameter: under "address parameter" where one address needs its own, else
# under the parameter's name alone.
FIND: dict[str, Callable[[int], Any]] = {
    "initiative_id": _first("portfolio.Initiative"),
    "unit_id": _first("organisations.Unit"),
    "body_id": _first("organisations.Body"),
    "person_id": _first("organisations.Person"),
    "benefit_id": _first("benefits.Benefit"),
    "provider_id": lambda _: "kommunen",
    "mfa_edit_webauthn pk": lambda _: 1,
    "mfa_remove_webauthn pk": lambda _: 1,
    "account_reset_password_from_key uidb36": lambda _: "1",
    "account_reset_password_from_key key": lambda _: "abc-123",
    "ui:gallery_error code": lambda _: 404,
}


def value_of(name: str, parameter: str, organisation_id: int) -> Any:
    """Return what a municipality has for a parameter of an address."""
    find = FIND.get(f"{name} {parameter}") or FIND.get(parameter)
    assert find is not None, f"{name}: tests/support/addresses.py knows nothing for {parameter}"
    return find(organisation_id)
