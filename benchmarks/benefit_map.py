"""How long each act on a benefit map of 150 nodes takes: on the server and before the eyes.

Run: `python -m benchmarks.benefit_map [--acts 40]`. Starts Høst in a folder of its own, draws a map
of 150 nodes and 240 arrows, and asks the real server: the page, adding, joining, parting, renaming,
undo. Then Chromium does the same by keyboard, from the key to the picture drawn again.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import statistics
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

NODES, ARROWS = 150, 240
KINDS = ("deliverable", "capability", "behaviour", "effect")
GOAL_MS = 200
# Measured in the page: from the key until the picture that came back is painted.
DRAWN = """(key) => new Promise((done) => {
  const began = performance.now();
  const root = document.getElementById('benefit-map');
  new MutationObserver((_, watch) => {
    if (document.getElementById('benefit-map') === root) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
  }).observe(root.parentNode, {childList: true});
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
    {key, ctrlKey: key === 'z', bubbles: true, cancelable: true}));
})"""
WALKED = """(key) => new Promise((done) => {
  const began = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
    {key, bubbles: true, cancelable: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
})"""


def draw(organisation_id: int, initiative_id: int) -> Any:
    """Draw the large map; return the actor who draws."""
    from django.db import transaction

    from hoest.domain.benefits.models import BenefitMap, MapArrow, MapNode
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.tenancy.context import acting_for

    chance = random.Random(3)
    with acting_for(organisation_id), transaction.atomic():
        row = BenefitMap.objects.create(
            organisation_id=organisation_id, initiative_id=initiative_id
        )
        on = {"organisation_id": organisation_id, "benefit_map": row}
        titles = [f"Medarbejderne bruger arbejdsgang {n} i hverdagen" for n in range(NODES - 1)]
        nodes = MapNode.objects.bulk_create(
            [
                *(
                    MapNode(**on, kind=KINDS[n % 4], title=title, place=n + 1)
                    for n, title in enumerate(titles)
                ),
                MapNode(**on, kind="purpose", place=NODES),
            ]
        )
        columns = {kind: [one for one in nodes if one.kind == kind] for kind in KINDS}
        columns["purpose"] = [nodes[-1]]
        steps = list(zip((*KINDS,), (*KINDS[1:], "purpose"), strict=True))
        pairs = {
            (chance.choice(columns[source]).pk, chance.choice(columns[target]).pk)
            for _ in range(ARROWS * 2)
            for source, target in (chance.choice(steps),)
        }
        MapArrow.objects.bulk_create(
            MapArrow(**on, source_id=source, target_id=target)
            for source, target in sorted(pairs)[:ARROWS]
        )
        return system_actor(organisation_id, "Måling", "test"), [one.pk for one in nodes]


def post(address: str, cookie: str, fields: dict[str, Any]) -> tuple[float, int, int]:
    """Post an act as the picture does; return milliseconds, bytes sent, and bytes before gzip."""
    token = "a" * 32
    request = urllib.request.Request(
        address,
        data=urlencode({**fields, "csrfmiddlewaretoken": token}).encode(),
        headers={
            "Cookie": f"{cookie}; csrftoken={token}",
            "HX-Request": "true",
            "HX-Target": "benefit-map",
            "Accept-Encoding": "gzip",
        },
    )
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    spent = (time.perf_counter() - began) * 1000
    return spent, len(body), len(gzip.decompress(body) if packed else body)


def report(name: str, times: list[float], more: str = "") -> None:
    """Print the middle and the 95th of a hundred."""
    high = statistics.quantiles(times, n=20, method="inclusive")[-1]
    print(f"{name:<28}{statistics.median(times):>8.0f}{high:>8.0f}{more}", flush=True)


def on_the_server(base: str, cookie: str, nodes: list[int], acts: int) -> None:
    """Ask the real server for every act."""
    chance = random.Random(5)
    last = nodes[0]

    def pair() -> dict[str, int]:
        place = chance.randrange(0, NODES - 2) // 4 * 4
        return {"source": nodes[place], "target": nodes[(place + 1) % (NODES - 1)]}

    several: list[tuple[str, str, Callable[[], dict[str, Any]]]] = [
        ("tilføj", "tilfoej/", lambda: {"kind": "capability", "title": "Ny", "ved": last}),
        ("forbind", "forbind/", pair),
        ("afbryd", "afbryd/", pair),
        ("flyt", f"led/{last}/flyt/", lambda: {"retning": "ned"}),
        ("fortryd", "fortryd/", dict),
    ]
    for name, path, fields in several:
        found = [
            post(base + path, cookie, fields()) for _ in range(acts if name != "fortryd" else 9)
        ]
        sizes = f"{found[-1][1] / 1000:>10.0f}{found[-1][2] / 1000:>10.0f}"
        report(f"server: {name}", [one[0] for one in found], sizes)


def in_the_browser(base: str, cookie: str, acts: int) -> None:
    """Draw by keyboard in Chromium, and time the key to the picture."""
    from tests.support.browser import chromium_running

    name, _, value = cookie.partition("=")
    with chromium_running() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies([{"name": name, "value": value, "url": base}])
        page = context.new_page()
        page.goto(base)
        page.locator(".flow-node a").nth(20).focus()
        walked = [
            page.evaluate(WALKED, key) for key in ("ArrowDown", "ArrowRight", "ArrowUp") * acts
        ]
        report("browser: piletast", walked)
        joined = []
        for number in range(acts):
            page.locator('.flow-node[data-kind="deliverable"] a').nth(number % 30).focus()
            page.evaluate(WALKED, "f")
            page.locator('.flow-node[data-kind="effect"] a').nth((number * 7) % 30).focus()
            joined.append(page.evaluate(DRAWN, "Enter"))
        report("browser: forbind, tegnet", joined)
        undone = []
        for _ in range(min(acts, 15)):
            page.locator(".flow-node.is-chosen a").focus()
            undone.append(page.evaluate(DRAWN, "z"))
        report("browser: fortryd, tegnet", undone)


def main(argv: list[str]) -> None:
    """Read the command line, start, draw, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.benefit_map", description=__doc__)
    parser.add_argument("--acts", type=int, default=40)
    arguments = parser.parse_args(argv)
    from tests.support.processes import hoest_started, until

    with hoest_started("--uden-demo") as house:
        until(lambda: house.get("konto/log-ind/") == 200, 180)
        os.environ["HOEST_DATA"] = str(house.folder.path)
        from hoest.config.bootstrap import set_up

        set_up("app")
        from benchmarks.asking import cookie_of
        from benchmarks.portfolio import Size, make

        one = make(Size(1, 1, 1, 1), "M")[0]
        _actor, nodes = draw(one.organisation_id, one.initiative_id)
        cookie = cookie_of(one.accounts["controller"])
        base = f"{house.address}gevinster/diagram/{one.initiative_id}/"
        load = os.getloadavg()[0] / (os.cpu_count() or 1)
        print(f"{NODES} led, {ARROWS} pile; venter pr. kerne: {load:.1f}; mål {GOAL_MS} ms")
        print(f"{'':<28}{'p50 ms':>8}{'p95 ms':>8}{'kB sendt':>10}{'kB i alt':>10}")
        on_the_server(base, cookie, nodes, arguments.acts)
        in_the_browser(base, cookie, arguments.acts)


if __name__ == "__main__":
    main(sys.argv[1:])
