"""Builds the demo municipalities named on the command line, in a process of their own.

The neighbours are built here while the first process builds the main one: two cores, half the
wait. Writes one line of JSON for each that was built. Only for `loading`.
"""

from __future__ import annotations

import json
import sys

from hoest.config.bootstrap import set_up
from hoest.foundation.faults import Fault


def main(codes: list[str]) -> int:
    """Build the named municipalities."""
    set_up("app")
    from hoest.config.demo.building import build
    from hoest.config.demo.reading import towns

    for told in towns():
        built = build(told) if told["code"] in codes else None
        if built is not None:
            sys.stdout.write(json.dumps(built) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Fault as fault:
        sys.stderr.write(str(fault) + "\n")
        sys.exit(2)
