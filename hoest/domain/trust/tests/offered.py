"""What trust tells a gate of a requirement, as the tests read it."""

from dataclasses import replace

from hoest.foundation import gate_evidence


def told(initiative, code):
    """Return what is told of a requirement, None when nothing is."""
    found = gate_evidence.told_of([code], initiative.organisation_id, [initiative.pk])
    one = found[initiative.pk].get(code)
    return one and replace(one, source=plain(one.source))


def plain(text):
    """Return a text with ordinary spaces."""
    return " ".join(text.split())
