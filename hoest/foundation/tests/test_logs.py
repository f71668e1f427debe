"""A log line is a fact that names the municipality, for people or for a collector."""

import json
import logging

import pytest

from hoest.foundation.logs import formatter
from hoest.foundation.tenancy.context import acting_for


def line(monkeypatch, form, **extra):
    monkeypatch.setenv("HOEST_LOG", form)
    record = logging.LogRecord("hoest.jobs", logging.ERROR, "x.py", 1, "job failed", None, None)
    return formatter().format(record)


def test_a_line_for_people_says_when_where_and_what(monkeypatch):
    assert "error hoest.jobs job failed" in line(monkeypatch, "text")


@pytest.mark.django_db
def test_a_line_names_the_municipality_it_happened_for(monkeypatch):
    with acting_for(7):
        told = json.loads(line(monkeypatch, "json"))
    assert told["organisation_id"] == 7
    assert told["event"] == "job failed"
    assert "organisation_id" not in json.loads(line(monkeypatch, "json"))


def test_a_trace_follows_the_line(monkeypatch):
    monkeypatch.setenv("HOEST_LOG", "text")
    try:
        raise ValueError("noget gik galt")
    except ValueError:
        import sys

        record = logging.LogRecord(
            "hoest", logging.ERROR, "x.py", 1, "failed", None, sys.exc_info()
        )
    assert "ValueError: noget gik galt" in formatter().format(record)
