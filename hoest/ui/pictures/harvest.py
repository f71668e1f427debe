"""The harvest account as a picture that a mayor understands in five seconds.

Birds sit on the roof (what is only promised) and on the rungs of a ladder; the hand at the bottom
holds what is in hand. One bird is a stated amount a year; the last bird of a rung is drawn in part.
Behind what is left stands the original promise as dashed birds. What was given up flies away,
hatched. Hours have a picture of their own, on an axis of their own, and are never added to kroner.

Pure: the same account gives the same picture. Each picture comes in a wide and a narrow format;
the stylesheet shows one of them. The page puts the table with the same numbers beside it.

Source: the Danish saying "en fugl i hånden er bedre end ti på taget"; picture statistics with one
sign per amount and parts of a sign after O. Neurath, International Picture Language (1936).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.ui import formats
from hoest.ui.pictures import flock
from hoest.ui.pictures.account import HarvestAccount, Measure, Move, RungAmount
from hoest.ui.pictures.bars import hour_bars
from hoest.ui.pictures.form import WIDE, narrow
from hoest.ui.pictures.row import scale_words
from hoest.ui.pictures.scene import Scene

__all__ = [
    "HarvestAccount",
    "Measure",
    "Move",
    "Picture",
    "RungAmount",
    "conclusion",
    "harvest_picture",
    "hours_picture",
]


@dataclass(frozen=True)
class Picture:
    """A picture in its two formats, what it says, and how it is read.

    `wide_legend` is how the wide format alone is read, where the narrow one is not a drawing.
    """

    wide: SafeString
    narrow: SafeString
    conclusion: str
    legend: tuple[str, ...] = ()
    wide_legend: tuple[str, ...] = ()


def harvest_picture(
    account: HarvestAccount,
    measure: Measure = "dkk",
    *,
    prefix: str = "harvest",
    language: str = "da",
) -> Picture:
    """Draw the account as birds, in kroner (or in hours when there are only hours).

    ``prefix`` must be unique on the page. The legend says what one bird is, and names dashed and
    hatched birds only when there are any.
    """
    says = conclusion(account, measure, language=language)
    drawn = {
        form.name: Scene(account, measure, form, prefix, language).svg(says)
        for form in (WIDE, narrow(account))
    }
    return Picture(
        wide=mark_safe(drawn["wide"]),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(drawn["narrow"]),  # noqa: S308 - see above
        conclusion=says,
        legend=_legend(account, measure, language),
    )


def hours_picture(
    account: HarvestAccount, *, prefix: str = "hours", language: str = "da"
) -> Picture:
    """Draw the freed hours as bars with an axis of their own, the original promise behind."""
    wide, narrow = (hour_bars(account, form, prefix, language) for form in ("wide", "narrow"))
    legend = []
    if any(rung.promised("hours") > rung.amount("hours") for rung in account.ladder):
        legend.append(_("Stiplet: lovet oprindeligt for de samme gevinster."))
    if account.gone.amount("hours"):
        legend.append(_("Skraveret: bortfaldet."))
    return Picture(
        wide=mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(narrow),  # noqa: S308 - see above
        conclusion=_hours_conclusion(account, language),
        legend=tuple(legend),
    )


def conclusion(account: HarvestAccount, measure: Measure = "dkk", *, language: str = "da") -> str:
    """Return what the account says in one sentence; what was given up is not counted."""
    total = account.count
    in_hand = account.rung("in_hand")
    roof = account.rung("promised")
    on_roof = _amount(roof, measure, language)
    if not total:
        return _("Her er endnu ingen gevinster at høste.")
    if in_hand.count == total:
        return ngettext(
            "Gevinsten er i hånden: %(amount)s om året.",
            "Alle %(n)s gevinster er i hånden: %(amount)s om året.",
            total,
        ) % {"n": total, "amount": _amount(in_hand, measure, language)}
    if roof.count == total:
        return ngettext(
            "Gevinsten sidder stadig på taget: %(amount)s om året. Hånden er tom.",
            "Alle %(n)s gevinster sidder stadig på taget: %(amount)s om året. Hånden er tom.",
            total,
        ) % {"n": total, "amount": on_roof}
    some = {"k": in_hand.count, "n": total, "amount": on_roof}
    if not in_hand.count and not roof.count:
        return (
            ngettext(
                "Gevinsten er på vej, men ikke i hånden endnu.",
                "Ingen af %(n)s gevinster er i hånden endnu, men alle er på vej.",
                total,
            )
            % some
        )
    if not in_hand.count:
        return (
            _("Ingen af %(n)s gevinster er i hånden endnu; %(amount)s om året sidder på taget.")
            % some
        )
    if not roof.count:
        return _("%(k)s af %(n)s gevinster er i hånden, og ingen sidder på taget.") % some
    return (
        _("%(k)s af %(n)s gevinster er i hånden; %(amount)s om året sidder stadig på taget.") % some
    )


def _hours_conclusion(account: HarvestAccount, language: str) -> str:
    total = sum(rung.amount("hours") for rung in account.ladder)
    in_hand = account.rung("in_hand").amount("hours")
    if not total:
        return _("Ingen gevinster er opgjort i timer.")
    return _("%(total)s om året er lovet frigjort; %(in_hand)s har fået en ny anvendelse.") % {
        "total": formats.hours(total, language),
        "in_hand": formats.hours(in_hand, language),
    }


def _amount(rung: RungAmount, measure: Measure, language: str) -> str:
    amount = rung.amount(measure)
    if measure == "hours":
        return formats.hours(amount, language)
    return formats.kroner_short(amount, language)


def _legend(account: HarvestAccount, measure: Measure, language: str) -> tuple[str, ...]:
    scale = flock.bird_scale(account, measure)
    birds = [flock.flock(rung, measure, scale) for rung in (*account.ladder, account.gone)]
    legend = [scale_words(scale, measure, language)] if any(b.places for b in birds) else []
    if any(b.part for b in birds):
        legend.append(_("En fugl, der kun er tegnet delvist, tæller tilsvarende mindre."))
    if any(b.outlined for b in birds):
        legend.append(_("Stiplede fugle: lovet oprindeligt, men ikke længere med i tallet."))
    if birds[-1].drawn:
        legend.append(_("Skraverede fugle: bortfaldet."))
    if any(move.count > 0 for move in account.moves):
        legend.append(_("Pile: så mange gevinster har flyttet sig siden sidst."))
    return tuple(legend)
