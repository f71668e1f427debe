"""A measurement that waits on a device is corrected: no value is lost in silence."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.browser import Pages
from tests.support.line import saved, type_without_cover, with_worker
from tests.support.steps import benefit_called


def test_a_correction_after_a_lost_receipt_is_never_lost_in_silence(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = with_worker(phones)
    type_without_cover(page, benefit, "12")
    # The first sending arrives, but its receipt does not: the device still holds the entry.
    page.evaluate(
        """async (lost) => {
          const [entry] = await hoestOutbox.all();
          await hoestOutbox.put({ ...entry, reason: lost });
        }""",
        "Svaret kom ikke frem.",
    )
    page.context.set_offline(False)
    page.evaluate(
        """async () => {
          const [entry] = await hoestOutbox.all();
          const { token } = await hoestOutbox.who();
          await hoestOutbox.ask(entry.action, { method: "POST", redirect: "manual",
            body: new URLSearchParams(entry.fields), headers: { "X-CSRFToken": token } });
        }"""
    )
    assert saved(benefit, "12") == 1
    page.context.set_offline(True)
    page.goto("/")
    page.locator("#outbox").get_by_role("link", name="Åbn og ret").click()
    expect(page.get_by_label("Værdi")).to_have_value("12")
    page.get_by_label("Værdi").fill("21")
    page.get_by_role("button", name="Gem målingen her").click()
    expect(page.locator("#outbox")).to_contain_text("21 ")
    outbox = page.locator("#outbox")
    page.context.set_offline(False)
    expect(outbox.locator(".outbox-reason")).to_contain_text("Skemaet er allerede gemt med 12")
    expect(outbox).to_contain_text("21 ")
    assert saved(benefit, "21") == 0
    # The way out: open it, send it, take back what stands, and send it again.
    outbox.get_by_role("link", name="Åbn og ret").click()
    page.get_by_role("heading", level=1).get_by_text("Registrér måling").wait_for()
    expect(page.get_by_label("Værdi")).to_have_value("21")
    page.get_by_label("Værdi").fill("22")
    page.get_by_role("button", name="Gem målingen").click()
    expect(page.locator(".form-summary")).to_contain_text("Skemaet er allerede gemt med 12")
    expect(page.get_by_label("Værdi")).to_have_value("22")
    page.get_by_role("link", name="Træk målingen tilbage").click()
    page.get_by_role("textbox").last.fill("Tastefejl")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.locator("#messages")).to_contain_text("trukket tilbage")
    page.locator("#outbox").get_by_role("link", name="Åbn og ret").click()
    page.get_by_role("button", name="Gem målingen").click()
    page.wait_for_url(re.compile(rf"/gevinster/{benefit.pk}/\?maalt"))
    expect(page.locator("#outbox")).to_be_hidden()
    assert (saved(benefit, "12"), saved(benefit, "21")) == (0, 1)


def test_a_correction_without_a_line_keeps_what_the_small_form_does_not_ask(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = with_worker(phones)
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    page.get_by_label("Målt på en anden måde end aftalt").set_checked(True, force=True)
    page.context.set_offline(True)
    page.get_by_label("Værdi").fill("31")
    page.get_by_role("button", name="Gem målingen").click()
    expect(page.locator("#outbox")).to_contain_text("31")
    page.evaluate(
        """async () => {
          const [entry] = await hoestOutbox.all();
          await hoestOutbox.put({ ...entry, fields: [...entry.fields, ["unasked", "stays"]] });
        }"""
    )
    page.goto("/")
    page.locator("#outbox").get_by_role("link", name="Åbn og ret").click()
    expect(page.get_by_label("Målt på en anden måde end aftalt")).to_be_checked()
    page.get_by_label("Værdi").fill("32")
    page.get_by_role("button", name="Gem målingen her").click()
    expect(page.locator("#outbox")).to_contain_text("32")
    fields = dict(page.evaluate("async () => (await hoestOutbox.all())[0].fields"))
    assert (fields["value"], fields["other_method"], fields["unasked"]) == ("32", "on", "stays")


def test_a_correction_made_while_the_old_value_is_on_its_way_stays(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    type_without_cover(page, benefit, "41")
    # The old value is sent, and while it is on its way she writes another one.
    page.evaluate(
        """() => {
          const ask = self.fetch;
          self.fetch = async (address, options) => {
            const answer = await ask(address, options);
            if (options?.method === "POST") {
              const [entry] = await hoestOutbox.all();
              const others = entry.fields.filter(([name]) => name !== "value");
              const fields = [...others, ["value", "14"]];
              await hoestOutbox.put({ ...entry, fields, at: entry.at + 1 });
            }
            return answer;
          };
        }"""
    )
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("Målingen er sendt")
    expect(page.locator("#outbox")).to_contain_text("14 ")
    page.goto("/gevinster/")
    expect(page.locator(".outbox-reason")).to_contain_text("Skemaet er allerede gemt med 41")
    assert (saved(benefit, "41"), saved(benefit, "14")) == (1, 0)
