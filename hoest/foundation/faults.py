"""Faults: errors that are facts, each with one Danish sentence for the person who meets it.

A `Fault` is shown as it is: by the command line (exit code 2), by a form, by an error page.
It says what stands there, what is expected and where.
"""

from __future__ import annotations


class Fault(Exception):
    """An expected error. `str(fault)` is one Danish sentence that a user may read.

    On a form it stands at the field it names, and under its own heading if it has one.
    """

    field: str = ""
    heading: object = ""

    @property
    def on_form(self) -> str:
        """What is said on a form; at a field that may be shorter than the whole sentence."""
        return str(self)


class Conflict(Fault):
    """Somebody changed the row since it was read; nothing was overwritten."""


class NotAllowed(Fault):
    """The person may see this but may not do that."""


class NotFound(Fault):
    """The thing does not exist, or the person may not see it: the answer is the same."""
