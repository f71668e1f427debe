"""The first start: Copenhagen's public figures, the demo, and sign-ins that are printed once.

Runs in a process of its own as hoest_app, so that the process which supervises the others never
opens the database through Django. Does nothing when a municipality is there already,
unless the demo was begun and not finished. A fault in the demo is told and stops nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from hoest.config.bootstrap import PACKAGE, PreparationFailed, set_up
from hoest.foundation.faults import Fault


def run_first_start(*, with_figures: bool) -> None:
    """Do the first start in a child process, showing what it says."""
    done = subprocess.run(  # noqa: S603 - our own module with a fixed word
        [sys.executable, "-m", "hoest.config.first_start", "yes" if with_figures else "no"],
        env={**os.environ, "HOEST_DATABASE_ROLE": "app"},
        cwd=PACKAGE.parent,
        check=False,
    )
    if done.returncode:
        raise PreparationFailed(
            "De første tal kunne ikke lægges ind. Start igen; intet står halvt."
        )


def main(with_figures: bool) -> int:
    """Load the figures and the demo and make the first sign-ins, when nothing is there yet."""
    set_up("app")
    from hoest.domain.organisations.queries import organisations_here

    is_first = not organisations_here()
    if is_first and not with_figures:
        _say("Her er ingen kommune endnu. Åbn en med 'hoest municipality open NAVN'.")
        return 0
    if is_first:
        _load_public_figures()
    # The demo is a help and never a hindrance: without it, everything else still starts.
    try:
        _see_to_demo(is_first=is_first, may_load=with_figures)
    except (Fault, DatabaseError, ObjectDoesNotExist) as fault:
        _say(f"Demoen er ikke klar: {fault} Alt andet virker. Prøv igen med 'hoest demo load'.")
    return 0


def _see_to_demo(*, is_first: bool, may_load: bool) -> None:
    from hoest.config.demo.loading import is_half_loaded
    from hoest.domain.organisations.queries import demo_organisations

    if is_first:
        _load_demo()
    elif not demo_organisations():
        return
    elif not is_half_loaded():
        _say("Log ind i demoen: få en ny adgangskode med 'hoest demo logins'.")
    elif may_load:
        _load_demo()
    else:
        _say("Demoen er kun halvt indlæst. 'hoest demo load' gør den færdig.")


def _load_public_figures() -> None:
    from hoest.domain.exchange.management.public import load_public_figures
    from hoest.domain.organisations.actions import first_sign_in
    from hoest.domain.organisations.queries import find_organisation

    _say("Indlæser Københavns offentlige tal …")
    load_public_figures(lambda text: _say("  " + text))
    organisation = find_organisation("0101")
    made = first_sign_in(organisation) if organisation else None
    if made:
        _say("")
        _say("Første log-in (vises kun nu; skift adgangskoden under Min konto):")
        _say(f"  E-mail:      {made.email}")
        _say(f"  Adgangskode: {made.password}")
        _say("")


def _load_demo() -> None:
    from hoest.config.demo.loading import load_missing
    from hoest.config.demo.log_ins import lines, new_log_ins

    _say("Bygger demokommunen og dens naboer …")
    built = load_missing(lambda text: _say("  " + text))
    # A new password ends sessions, so it is drawn only when there is something new to sign in to.
    for found in new_log_ins() if built else []:
        _say("")
        for line in lines(found):
            _say(line)
    _say("")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:] != ["no"]))
    except Fault as fault:
        sys.stderr.write(str(fault) + "\n")
        sys.exit(2)
