"""What KITOS answers becomes plain values: casing, unknown fields, missing and broken ones."""

import datetime as dt
from decimal import Decimal

import pytest

from hoest.domain.trust.rules.kitos import RowFault, rows_of, taken
from hoest.domain.trust.rules.register import Kind
from tests.support.kitos import contract, processing, upper, usage


@pytest.mark.parametrize("face", [lambda row: row, upper])
def test_a_usage_is_read_in_lower_and_upper_case(face):
    found = taken(Kind.SYSTEM, face(usage(7)))
    assert found.external_id == usage(7)["uuid"]
    values = found.values
    assert values["name"] == "Fagsystem 0007"
    assert values["life"] == "operational"
    assert values["critical"] == "yes"
    assert values["data_levels"] == ["persondata", "sensitivedata"]
    assert values["dpia_on"] == dt.date(2025, 5, 2)
    assert (values["users_from"], values["users_to"]) == (10, 50)
    assert values["kle"] == ["27.36.04"]
    assert values["responsible_unit"] == "Sundhed"
    assert values["using_units"] == ["Hjemmeplejen", "Plejecentre"]


@pytest.mark.parametrize("face", [lambda row: row, upper])
def test_a_contract_gives_its_dates_its_supplier_and_what_is_paid_each_year(face):
    found = taken(Kind.CONTRACT, face(contract(7, [usage(7)["uuid"]])))
    assert found.party.name == "Leverandør 07 (opdigtet)"
    assert found.systems == (usage(7)["uuid"],)
    assert found.values["notice_months"] == 6
    assert found.values["ends_on"] == dt.date(2027, 12, 31)
    assert found.values["decide_by"] == dt.date(2027, 6, 30)
    # 100.000 in operation and 5.000 in other; what it cost to buy is paid once.
    assert found.values["yearly_dkk"] == Decimal("105000.00")


@pytest.mark.parametrize("face", [lambda row: row, upper])
def test_a_contract_tells_by_the_end_of_what_its_notice_is_given(face):
    row = contract(7, [])
    row["termination"]["terms"] |= {
        "noticeByEndOf": "EndOfCalendarYear",
        "noticePeriodExtendsCurrent": "EndOfQuarter",
    }
    values = taken(Kind.CONTRACT, face(row)).values
    assert values["notice_by_end_of"] == "endofcalendaryear"
    assert values["notice_runs_from"] == "endofquarter"
    # Six months before 31 December 2027 is 30 June; the last year that has ended by then is 2026.
    assert values["decide_by"] == dt.date(2026, 12, 31)
    assert taken(Kind.CONTRACT, face(contract(8, []))).values["notice_by_end_of"] == ""


def test_a_processing_tells_its_agreement_and_its_last_oversight():
    found = taken(Kind.PROCESSING, processing(3, [usage(3)["uuid"]]))
    assert found.values["agreement"] == "yes"
    assert found.values["transfers"] == "no"
    assert found.values["oversight_on"] == dt.date(2026, 3, 1)
    assert found.values["processors"] == ["Leverandør 03 (opdigtet)"]


def test_what_is_missing_or_strange_is_not_known_and_fatal_to_nobody():
    bare = {"uuid": "a", "systemContext": {"name": "Bart"}, "general": None, "nyt": {"x": [1]}}
    values = taken(Kind.SYSTEM, bare).values
    assert (values["life"], values["kle"], values["is_valid"]) == ("", [], None)
    strange = usage(1)
    strange["gdpr"] |= {"dpiaDate": "snart", "hostedAt": 3, "dataSensitivityLevels": "ja"}
    strange["general"]["numberOfExpectedUsers"] = {"lowerBound": -4, "upperBound": True}
    values = taken(Kind.SYSTEM, strange).values
    assert values["dpia_on"] is None
    assert (values["hosting"], values["data_levels"]) == ("", [])
    assert (values["users_from"], values["users_to"]) == (None, None)


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        ({"systemContext": {"name": "Uden id"}}, "uuid"),
        ({"uuid": "a"}, "systemcontext.name"),
        ({"uuid": "a", "systemContext": {"name": "  "}}, "systemcontext.name"),
        ("en tekst", "row"),
        (None, "row"),
    ],
)
def test_a_row_without_id_or_name_is_told_of_alone(row, lacks):
    found = taken(Kind.SYSTEM, row)
    assert isinstance(found, RowFault)
    assert found.lacks == lacks


def test_a_page_is_a_list_or_lies_in_items():
    assert rows_of([1]) == [1]
    assert rows_of({"Items": [1]}) == [1]
    assert rows_of({"value": []}) == []
    assert rows_of({"fejl": "nej"}) is None
    assert rows_of("tekst") is None
