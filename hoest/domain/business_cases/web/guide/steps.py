"""The steps of the guide: which there are, what they are called, where they stand, who shows them.

A step registers itself once, in the subject's `AppConfig.ready`:

    register(Step("risici", 7, _("Risici"), _("hvad der kan gå galt"), about, standing, view))

`standing(parts)` tells from what stands in the version whether the step is answered; nobody ticks
it off. `view(request, visit)` answers GET and POST of `…/trin/<slug>/` and usually ends in
`frame.page` or `frame.onward`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.queries import Parts, Written
from hoest.domain.business_cases.rules.guide import StepState, put_off, state_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class Standing:
    """Where a step is: its state, what it lacks in words, and who wrote in it last."""

    state: StepState
    lacks: tuple[Any, ...] = ()
    written: Written | None = None


@dataclass(frozen=True)
class Visit:
    """Somebody at a step of a draft: all a step's view needs."""

    actor: Actor
    version: CaseVersion
    parts: Parts
    step: Step


@dataclass(frozen=True)
class Step:
    """A step: its place in the address, its number, its term, the everyday word, one sentence."""

    slug: str
    number: int
    title: Any
    everyday: Any
    about: Any
    standing: Callable[[Parts], Standing]
    view: Callable[[HttpRequest, Visit], HttpResponse]


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    """Add a step; the same slug again replaces the former."""
    _steps[step.slug] = step


def all_steps() -> list[Step]:
    """Return the steps in the order they are asked."""
    return sorted(_steps.values(), key=lambda step: step.number)


def step_called(slug: str) -> Step:
    """Return the step of an address. Raises NotFound."""
    found = _steps.get(slug)
    if found is None:
        raise NotFound("Det trin findes ikke.")
    return found


def after(step: Step) -> Step | None:
    """Return the step that follows, if any."""
    return next((one for one in all_steps() if one.number > step.number), None)


def before(step: Step) -> Step | None:
    """Return the step in front, if any."""
    return next((one for one in reversed(all_steps()) if one.number < step.number), None)


def standing(
    parts: Parts,
    slug: str,
    done: Sequence[tuple[bool, Any]],
    *,
    begun: bool = False,
    written: Sequence[Written] = (),
) -> Standing:
    """Return where a step is from its parts: (whether it is there, what to say when it is not).

    Answers in words count as begun and as written; `begun` and `written` tell of the rest.
    """
    answers = [
        one for name, one in parts.answers.items() if name.startswith(f"{slug}.") and one.text
    ]
    later = any(one.question == put_off(slug) for one in answers)
    own = [one for one in answers if one.question != put_off(slug)]
    state = state_of((there for there, _said in done), begun=begun or bool(own), later=later)
    authors = [*written, *(Written(one.answered_by_name, one.answered_at) for one in own)]
    return Standing(
        state,
        tuple(said for there, said in done if not there),
        max(authors, key=lambda one: one.at, default=None),
    )
