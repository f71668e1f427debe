"""What the operator does with a workbook: a dry run in a new municipality leaves no trace."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from hoest.domain.exchange.management.workbooks import import_as_operator
from hoest.domain.exchange.models import ImportRun
from hoest.domain.organisations.queries import find_organisation
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, NAMES, organisation_id

from .test_public_workbooks import public

NAME = "koebenhavn-investeringer-2016.xlsx"


def test_a_dry_run_opens_no_municipality_and_the_import_does(own_database: str) -> None:
    workbook = public(NAME)
    tried = import_as_operator(workbook=workbook, file_name=NAME, content=b"x", dry_run=True)
    assert (tried["state"], tried["code"], tried["import_id"]) == ("preview", "0101", None)
    assert find_organisation("0101") is None
    done = import_as_operator(workbook=workbook, file_name=NAME, content=b"x")
    organisation = find_organisation("0101")
    assert organisation is not None
    with acting_for(organisation.pk), transaction.atomic():
        assert ImportRun.objects.get(organisation_id=organisation.pk).pk == done["import_id"]


def test_a_dry_run_where_the_municipality_stands_leaves_it(own_database: str) -> None:
    workbook = replace(public(NAME), municipality=NAMES[HERE])
    tried = import_as_operator(workbook=workbook, file_name=NAME, content=b"x", dry_run=True)
    assert tried["state"] == "preview"
    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        assert not ImportRun.objects.filter(organisation_id=here, file_name=NAME).exists()
