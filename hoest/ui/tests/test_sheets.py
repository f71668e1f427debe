"""A form in a sheet: its redirect is told to the browser, and it leads only to our own pages."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from hoest.ui.sheets import SheetMiddleware, back_address


def _answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    answer = SheetMiddleware(lambda _request: response)(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_redirect_after_a_form_in_a_sheet_moves_the_whole_page() -> None:
    saved = HttpResponseRedirect("/gevinster/7/")
    saved.set_cookie("messages", "Gemt")
    saved.headers["X-Saved"] = "key"
    request = RequestFactory().post("/gevinster/7/maaling/", headers={"X-Sheet": "1"})
    answer = _answered(request, saved)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/gevinster/7/")
    assert "Location" not in answer
    assert answer.cookies["messages"].value == "Gemt"
    assert answer["X-Saved"] == "key"


def test_what_is_no_redirect_or_came_from_no_sheet_is_left_as_it_is() -> None:
    sheet = RequestFactory().post("/x/", headers={"X-Sheet": "1"})
    assert _answered(sheet, HttpResponse(status=422)).status_code == 422
    plain = RequestFactory().post("/x/")
    assert _answered(plain, HttpResponseRedirect("/y/"))["Location"] == "/y/"
    read = RequestFactory().get("/x/", headers={"X-Sheet": "1"})
    assert _answered(read, HttpResponseRedirect("/y/")).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/", "/"),
        ("/gevinster/?trin=ejet", "/gevinster/?trin=ejet"),
        ("", "/her/"),
        ("her", "/her/"),
        ("//x.example", "/her/"),
        ("/\\x.example", "/her/"),
        ("https://x.example/", "/her/"),
        ("javascript:alert(1)", "/her/"),
    ],
)
def test_one_is_led_back_only_to_our_own_pages(wanted: str, leads_to: str) -> None:
    got = RequestFactory().get("/x/", {"tilbage": wanted})
    assert back_address(got, "/her/") == leads_to
    sent = RequestFactory().post("/x/", {"tilbage": wanted})
    assert back_address(sent, "/her/") == leads_to
