"""What is said of a gate: how much is missing, and who decides where an amount is large.

Pages, refusals, Min uge and mails say it with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.portfolio.queries import Deciding
from hoest.domain.portfolio.rules import Obstacles
from hoest.foundation import content
from hoest.foundation.content import active_language
from hoest.ui import formats
from hoest.ui.words import in_a_row

MILLION = Decimal(1_000_000)


def lacking_in_words(obstacles: Obstacles) -> str:
    """Say how many requirements and answers refuse passage; an answer may ask for more."""
    missing, unknown = len(obstacles.requirements), len(obstacles.facts)
    if missing and unknown:
        return _("mindst %(missing)s og %(unknown)s mangler") % {
            "missing": ngettext("%(count)s krav", "%(count)s krav", missing) % {"count": missing},
            "unknown": ngettext(
                "svar på %(count)s spørgsmål", "svar på %(count)s spørgsmål", unknown
            )
            % {"count": unknown},
        }
    if missing:
        said = ngettext("%(count)s krav mangler", "%(count)s krav mangler", missing)
        return said % {"count": missing}
    said = ngettext(
        "svar på %(count)s spørgsmål mangler", "svar på %(count)s spørgsmål mangler", unknown
    )
    return said % {"count": unknown}


def above_in_words(deciding: Deciding, reader_id: int | None) -> str:
    """Say how far above it is and who decides; empty when a sponsor may decide.

    The sponsor who recommends reads it of herself. One who decides is named, several are not.
    """
    if deciding.mandate is None:
        return ""
    is_sponsor = deciding.recommender is not None and deciding.recommender == reader_id
    above = _how_far(deciding, is_sponsor)
    roles = roles_in_words(deciding.mandate)
    if not deciding.asked:
        nobody = _(
            "Ingen har en rolle, der kan afgøre det. En administrator kan give rollen: %(roles)s."
        ) % {"roles": _either(content.label("role", one) for one in deciding.mandate)}
        return f"{above} {nobody}"
    who = f"{roles} ({deciding.asked_names[0]})" if len(deciding.asked) == 1 else roles
    if is_sponsor:
        therefore = _("Derfor afgør %(who)s, og du anbefaler.") % {"who": who}
    elif deciding.recommender is not None:
        therefore = _("Derfor afgør %(who)s, og sponsoren anbefaler.") % {"who": who}
    else:
        therefore = _("Derfor afgør %(who)s.") % {"who": who}
    return f"{above} {therefore}"


def refused_in_words(amount: Decimal | None, limit: Decimal | None, roles: Sequence[str]) -> str:
    """Say to somebody who may not decide how large the amount is, and who does."""
    who = _("Det afgør %(roles)s.") % {"roles": roles_in_words(roles)}
    return f"{_over(amount, limit)} {who}"


def roles_in_words(roles: Iterable[str]) -> str:
    """Name the roles of a mandate as the middle of a sentence."""
    return _either(_in_a_sentence(one) for one in roles)


def names_in_words(names: Iterable[str], more: str = "") -> str:
    """Join names as in a sentence; titles with commas in them are kept apart by semicolons."""
    several = [*names, *([more] if more else [])]
    if len(several) > 1 and any("," in one for one in several):
        said = _("%(first)s samt %(last)s")
        return said % {"first": "; ".join(several[:-1]), "last": several[-1]}
    return in_a_row(several)


def _how_far(deciding: Deciding, is_sponsor: bool) -> str:
    if deciding.recommender is None:
        return _over(deciding.amount_dkk, deciding.limit_dkk)
    said = (
        _(
            "Udgifterne i business casen er %(amount)s i alt. "
            "Det er over de %(limit)s, du kan afgøre."
        )
        if is_sponsor
        else _(
            "Udgifterne i business casen er %(amount)s i alt. "
            "Det er over de %(limit)s, sponsoren kan afgøre."
        )
    )
    return said % _amounts(deciding.amount_dkk, deciding.limit_dkk)


def _over(amount: Decimal | None, limit: Decimal | None) -> str:
    said = _("Udgifterne i business casen er %(amount)s i alt. Det er over %(limit)s.")
    return formats.one_stop(said % _amounts(amount, limit))


def _amounts(amount: Decimal | None, limit: Decimal | None) -> dict[str, str]:
    """Write both amounts; where they lie close, the first in whole kroner."""
    language = active_language()
    is_close = amount is None or limit is None or amount < limit * Decimal("1.1")
    return {
        "amount": formats.kroner(amount, 0, language)
        if is_close
        else formats.kroner_short(amount, language),
        "limit": _round(limit, language),
    }


def _round(limit: Decimal | None, language: str) -> str:
    """Write a limit exactly, and shortly where nothing is lost: 10 mio. kr."""
    if limit is None or limit < MILLION or limit % (MILLION / 10):
        return formats.kroner(limit, 0, language)
    return formats.kroner_short(limit, language).replace(",0", "", 1)


def _in_a_sentence(role: str) -> str:
    """Return a role with its article; what a municipality calls it itself stays as it is."""
    label = content.label("role", role)
    known = {
        "Direktion": _("direktionen"),
        "Controller": _("en controller"),
        "Porteføljeleder": _("en porteføljeleder"),
        "Leder af en enhed": _("en leder af en enhed"),
        "Administrator": _("en administrator"),
    }
    return known.get(content.label("role", role, "da"), label)


def _either(words: Iterable[str]) -> str:
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    return _("%(first)s eller %(last)s") % {
        "first": ", ".join(several[:-1]),
        "last": several[-1],
    }
