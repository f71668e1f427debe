"""Brings the table of addresses up to date: `python -m tests.tenancy.refresh`.

A new address gets an entry with `see: '?'`, which fails the tests until somebody has written who
may see it; one that is gone loses its entry. What stands in the others is kept, comments too.
"""

from __future__ import annotations

import os
import re
import sys

from tests.tenancy.table import FILE

BEGINNING = r"(?m)^(?=[a-z][\w:]*:\s*$)"


def main() -> int:
    """Rewrite the table's file and say what changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoest.config.settings")
    import django

    django.setup()
    from tests.support.addresses import all_addresses

    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    head, *blocks = re.split(BEGINNING, text)
    known = {block.split("\n", 1)[0].rstrip().removesuffix(":"): block for block in blocks}
    names = [one.name for one in all_addresses()]
    added = [name for name in names if name not in known]
    kept = [known.get(name, f"{name}:\n  see: '?'\n").rstrip("\n") + "\n" for name in names]
    FILE.write_text(head.rstrip("\n") + "\n\n" + "".join(kept), encoding="utf-8")
    gone = sorted(set(known) - set(names))
    sys.stdout.write(f"Nye adresser uden svar: {added}\nFjernet: {gone}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
