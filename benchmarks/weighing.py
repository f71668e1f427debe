"""What a page weighs on the wire, and what the running processes take of memory.

A first visit without anything in the cache: the page, and every style, script, font and picture
it names, each as the real server sends it to a browser that reads gzip.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

NAMED = re.compile(rb"""(?:src|href)="(/static/[^"]+)\"""")
LINKED = re.compile(rb"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def sent(address: str, cookie: str = "") -> tuple[int, bytes]:
    """Return the bytes that were sent for an address, and its text; an error weighs nothing."""
    import gzip

    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    if cookie:
        request.add_header("Cookie", cookie)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read()
            packed = answer.headers.get("Content-Encoding") == "gzip"
            return len(body), gzip.decompress(body) if packed else body
    except urllib.error.HTTPError as error:
        with error:
            raise SystemExit(f"{urlsplit(address).path} svarer {error.code}") from error


def weigh(base: str, path: str, cookie: str, known: dict[str, int]) -> tuple[int, int]:
    """Return (bytes of the page, bytes of what it names); `known` keeps what was weighed."""
    own, body = sent(urljoin(base, path), cookie)
    wanted = {urljoin(base, found.decode()) for found in NAMED.findall(body)}
    seen: set[str] = set()
    while wanted - seen:
        address = (wanted - seen).pop()
        seen.add(address)
        if address not in known:
            known[address], text = sent(address)
            if urlsplit(address).path.endswith(".css"):
                wanted |= {urljoin(address, found.decode()) for found in LINKED.findall(text)
                           if not found.startswith((b"data:", b"#"))}  # fmt: skip
    return own, sum(known[address] for address in seen)


def memory_mb(pid: int) -> tuple[float, float]:
    """Return resident and own (unshared) memory of a process in MB."""
    facts = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    )

    def kb(name: str) -> int:
        return int(facts[name].split()[0])

    return kb("Rss") / 1024, (kb("Private_Clean") + kb("Private_Dirty")) / 1024
