"""Migrations without rendering models again for what changes no field of them.

After each operation Django renders the model again with all it points to and all that points to
it. Every table here points to its municipality, so each of a thousand operations renders nearly
every model there is. A trigger, a constraint or an index reads the table and the columns of the
rendered model, which stay as they are; the list in its Meta is put right here. A new model or
column is rendered alone: those that point to it ask for its table and its key, which stay too.

Source: django.db.migrations.state and pgtrigger.migrations; a test holds both ways to one schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.operations.fields import AddField
from django.db.migrations.operations.models import AddConstraint, AddIndex, CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

LEAN: tuple[type[Any], ...] = (AddConstraint, AddIndex, AddTrigger)
ALONE: tuple[type[Any], ...] = (CreateModel, AddField)
StateForwards = Callable[[Any, str, ProjectState], None]


@contextmanager
def rendering_only_fields() -> Iterator[None]:
    """Let constraints, indexes and triggers leave models as they are; render what is new alone."""
    before = {operation: operation.__dict__.get("state_forwards") for operation in (*LEAN, *ALONE)}
    for operation in LEAN:
        operation.state_forwards = _lean(operation.state_forwards)
    for operation in ALONE:
        operation.state_forwards = _alone(operation.state_forwards)
    try:
        yield
    finally:
        for operation, plain in before.items():
            if plain is None:
                del operation.state_forwards
            else:
                operation.state_forwards = plain


def _lean(plain: StateForwards) -> StateForwards:
    def state_forwards(self: Any, app_label: str, state: ProjectState) -> None:
        state.reload_model = _leave  # type: ignore[method-assign]
        try:
            plain(self, app_label, state)
        finally:
            del state.reload_model  # type: ignore[method-assign]
        if "apps" in state.__dict__:
            listed = state.models[app_label, self.model_name_lower].options[self.option_name]
            meta: Any = state.apps.get_model(app_label, self.model_name)._meta
            setattr(meta, self.option_name, list(listed))

    return state_forwards


def _alone(plain: StateForwards) -> StateForwards:
    def state_forwards(self: Any, app_label: str, state: ProjectState) -> None:
        def render(app_label: str, model_name: str, delay: bool = False) -> None:
            if "apps" in state.__dict__:
                # Whoever reads rows in a migration gets all models rendered again first.
                state.is_delayed = True
                state._reload({(app_label, model_name)})  # type: ignore[attr-defined]

        state.reload_model = render  # type: ignore[method-assign]
        try:
            plain(self, app_label, state)
        finally:
            del state.reload_model  # type: ignore[method-assign]

    return state_forwards


def _leave(app_label: str, model_name: str, delay: bool = False) -> None:
    """Take the place of `ProjectState.reload_model`."""
