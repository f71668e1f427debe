"""The browser tests see what they claim to see: a breach of policy, a fault, a way out, an axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.support.axe import findings
from tests.support.browser import Pages
from tests.support.site import Site


@pytest.fixture
def watched(chromium: Browser, site: Site) -> Pages:
    """Pages that hand over their faults instead of failing by them."""
    return Pages(chromium, site)


def _opened(pages: Pages) -> Page:
    page = pages()
    page.goto("/konto/log-ind/")
    return page


@pytest.mark.parametrize(
    "does, seen",
    [
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("setTimeout(() => { throw new Error('broken') }, 0)", "script: "),
        ("fetch('http://example.com/').catch(() => {})", "Content Security Policy"),
        ("console.error('said by a script')", "console: said by a script"),
    ],
)
def test_what_a_page_must_not_do_is_noticed(watched: Pages, does: str, seen: str) -> None:
    page = _opened(watched)
    assert watched.watch.faults == []
    page.evaluate(f"() => {{ {does} }}")
    page.wait_for_timeout(300)
    assert any(seen in fault for fault in watched.close()), watched.watch.faults


def test_another_machine_cannot_be_reached(watched: Pages) -> None:
    page = watched()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")
    assert "left the machine: http://example.com/" in watched.close()


def test_axe_finds_a_field_without_label_and_a_small_target(
    page_for: Callable[..., Page],
) -> None:
    page = page_for()
    page.goto("/konto/log-ind/")
    page.evaluate(
        """() => { const main = document.querySelector('main');
        main.append(document.createElement('input'));
        for (const word of ['a', 'b']) {
          const button = document.createElement('button');
          button.textContent = word;
          button.style.cssText = 'all:unset;display:inline-block;width:9px;height:9px';
          main.append(button);
        } }"""
    )
    rules = {one["rule"] for one in findings(page)["violations"]}
    assert {"label", "target-size"} <= rules


def test_a_server_fault_is_noticed(watched: Pages) -> None:
    page = _opened(watched)
    page.route("**/konto/glemt/", lambda route: route.fulfill(status=500, body="x"))
    page.goto("/konto/glemt/")
    assert any(fault.startswith("500 GET") for fault in watched.close())
