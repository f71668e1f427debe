"""The named errors of fetching."""

from __future__ import annotations

from hoest.foundation.faults import Fault


class AddressNotAllowed(Fault):
    """The address is not https, not of a named host, or leads inside."""


class CannotFetch(Fault):
    """The other end did not answer as it should."""


class TooLarge(Fault):
    """The answer or the file is larger than it may be."""


class FileNotThere(Fault):
    """The folder has no such file, or it is no plain file."""
