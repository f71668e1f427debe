"""Sending a form with nothing in it: how a page tells what is missing."""

from __future__ import annotations

from playwright.sync_api import Page, Response

WITH_FORM = "main form[method=post]:has([required]:not([type=hidden]):not([type=radio]))"


def send_empty(page: Page) -> Response:
    """Clear what must be filled in, and send the form past the browser's own check."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.locator(WITH_FORM).first.evaluate(
            """(form) => {
              form.noValidate = true;
              for (const field of form.querySelectorAll('[required]')) {
                if (field.type === 'checkbox') field.checked = false;
                else if (field.tagName === 'SELECT' && !field.querySelector('[value=""]')) {
                  field.append(new Option('', ''));
                  field.value = '';
                } else field.value = '';
              }
              form.requestSubmit(form.querySelector('button:not([type=button])'));
            }"""
        )
    page.wait_for_load_state()
    return sent.value
