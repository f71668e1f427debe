"""What the track record says: shares with their interval, months, counts, and when it is silent."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.reporting.calculations import Middle, Record
from hoest.domain.reporting.web.shown import language
from hoest.ui import formats


def state_words() -> dict[str, tuple[str, str]]:
    """Return how a case can stand, in words, and what that means for the record."""
    return {
        "in_hand": (_("Taget hjem"), _("det besluttede beløb eller timetal tæller")),
        "measured": (_("Målt"), _("den seneste målings andel af vejen til målet tæller")),
        "lapsed": (_("Faldet bort"), _("tæller som nul")),
        "not_measured": (_("Ikke målt"), _("er ikke med, for ingen ved, hvad der kom")),
        "waiting": (_("Ikke længe nok i drift"), _("er ikke med endnu")),
    }


def percent(share: float) -> str:
    """Write a share in whole per cent."""
    return formats.percent(share, 0, language())


def share_words(middle: Middle) -> str:
    """Write a share with its interval: 46 % (28-63 %)."""
    if middle.low < 0:
        ends = _("fra %(low)s til %(high)s") % {
            "low": percent(middle.low),
            "high": percent(middle.high),
        }
    else:
        ends = f"{formats.number(middle.low * 100, 0, language())}–{percent(middle.high)}"
    return f"{percent(middle.median)} ({ends})"


def months(value: float) -> str:
    """Write months late: 7 måneder senere, 2 måneder før tid, til tiden."""
    if value == 0:
        return _("til tiden")
    size = abs(float(value))
    told = formats.number(size, 0 if size.is_integer() else 1, language())
    if value > 0:
        return ngettext("%(n)s måned senere", "%(n)s måneder senere", _many(size)) % {"n": told}
    return ngettext("%(n)s måned før tid", "%(n)s måneder før tid", _many(size)) % {"n": told}


def _many(size: float) -> int:
    return 1 if size == 1 else 2


def benefits(count: int) -> str:
    """Write a number of benefits."""
    told = formats.number(count, 0, language())
    return ngettext("%(n)s gevinst", "%(n)s gevinster", count) % {"n": told}


def too_few(record: Record) -> str:
    """Say that there are too few, of how many."""
    return _("for få til at sige noget (%(n)s af %(needed)s)") % {
        "n": record.counted,
        "needed": record.needed,
    }


def said(record: Record) -> str:
    """Say a group's record in short, as beside its dot."""
    if record.share is None:
        return too_few(record)
    return f"{share_words(record.share)} · {benefits(record.counted)}"


def point(record: Record, measure: str) -> str:
    """Say the record of everything in one sentence."""
    if record.share is None:
        return _("For få til at sige noget: %(n)s har et svar, og der skal %(needed)s til.") % {
            "n": benefits(record.counted),
            "needed": record.needed,
        }
    shown = {"share": share_words(record.share)}
    gave = (
        _("Jeres gevinster har givet %(share)s af de timer, de lovede") % shown
        if measure == "hours"
        else _("Jeres gevinster har givet %(share)s af de kroner, de lovede") % shown
    )
    if record.late is None:
        return f"{gave}."
    return _("%(gave)s, typisk %(late)s.") % {"gave": gave, "late": months(record.late.median)}


def time_told(record: Record) -> str:
    """Say how late the targets were reached, and what is not known of it."""
    parts = []
    if record.late is not None:
        parts.append(
            ngettext(
                "%(n)s gevinst har nået sit mål, typisk %(late)s.",
                "%(n)s gevinster har nået deres mål, typisk %(late)s.",
                record.reached,
            )
            % {"n": record.reached, "late": months(record.late.median)}
        )
        if record.late.low != record.late.high:
            parts.append(
                _("Spændet går fra %(low)s til %(high)s.")
                % {"low": months(record.late.low), "high": months(record.late.high)}
            )
    else:
        parts.append(
            _("Tiden kan ikke siges endnu: %(n)s har nået målet, og der skal %(needed)s til.")
            % {"n": benefits(record.reached), "needed": record.needed}
        )
    if record.not_reached:
        parts.append(
            ngettext(
                "%(n)s er ikke nået endnu. Hvor sent den kommer, ved ingen, så den er ikke regnet"
                " med i tiden.",
                "%(n)s er ikke nået endnu. Hvor sent de kommer, ved ingen, så de er ikke regnet"
                " med i tiden.",
                record.not_reached,
            )
            % {"n": record.not_reached}
        )
    return " ".join(parts)


def range_told(record: Record) -> str:
    """Say how often what came lay in the promised range; in short, for a table."""
    if record.in_range is None:
        return too_few_of(record.with_range, record.needed) if record.with_range else _("ingen")
    hits = record.in_range
    return _("%(hits)s af %(tries)s (%(low)s–%(high)s)") % {
        "hits": hits.hits,
        "tries": hits.tries,
        "low": formats.number(hits.low * 100, 0, language()),
        "high": percent(hits.high),
    }


def too_few_of(count: int, needed: int) -> str:
    """Say in short that there are too few."""
    return _("for få (%(n)s af %(needed)s)") % {"n": count, "needed": needed}


def time_cell(record: Record) -> str:
    """Say in short how late a group was, for a table."""
    if record.late is None:
        told = too_few_of(record.reached, record.needed) if record.reached else ""
    else:
        told = months(record.late.median)
    if record.not_reached:
        waits = _("%(n)s ikke nået endnu") % {"n": record.not_reached}
        told = f"{told}; {waits}" if told else waits
    return told or _("ingen")
