"""What the neighbours found, in words: a range, the chance of the promise, what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.rules.proof import Verdict
from hoest.domain.evidence.calculations import Weighed
from hoest.domain.evidence.models import Estimate, SharedEffect
from hoest.domain.evidence.rules import Wanted
from hoest.domain.evidence.web.planning import words
from hoest.domain.evidence.web.planning.picture import RangePicture, Row, range_picture
from hoest.domain.evidence.web.planning.shown import language
from hoest.foundation import content
from hoest.ui import formats

MINUTES_AN_HOUR = 60
MINUTES = ("minut", "minutter", "min.", "min")


def _graded(grade: int, verdict: str) -> str:
    """Return a grade and a verdict as briefly as a picture has room for."""
    said = content.label("effect_verdict", Verdict(verdict).code)
    return _("grad %(grade)s, %(verdict)s") % {"grade": grade, "verdict": said}


def _from_to(grades: Collection[int]) -> str:
    """Write the lowest and the highest grade, once when they are the same."""
    least, most = min(grades), max(grades)
    if least == most:
        return str(least)
    return _("%(least)s til %(most)s") % {"least": least, "most": most}


@dataclass(frozen=True)
class Said:
    """Says results in one unit; lower or higher is better."""

    unit: str
    wanted: Wanted
    solution: str
    # The uncertainty that sets the decimals of all results beside each other; None: each its own.
    step: float | None = None

    def span(self, low: float, high: float) -> str:
        """Write a range of a change: both ends lower, both higher, or across nothing."""
        facts = self._ends_said(low, high)
        if high <= 0:
            return _("%(small)s til %(large)s %(unit)s lavere") % facts
        if low >= 0:
            return _("%(small)s til %(large)s %(unit)s højere") % facts
        return _("mellem %(low)s lavere og %(high)s højere (%(unit)s)") % facts

    def hours(self, low: float, high: float) -> str:
        """Write a range of minutes as hours, which are fewer or more."""
        facts = replace(self, step=None)._ends_said(low / MINUTES_AN_HOUR, high / MINUTES_AN_HOUR)
        if high <= 0:
            return _("%(small)s til %(large)s timer færre") % facts
        if low >= 0:
            return _("%(small)s til %(large)s timer flere") % facts
        return _("mellem %(low)s timer færre og %(high)s flere") % facts

    def _ends_said(self, low: float, high: float) -> dict[str, str]:
        step = self.step or abs(high - low) / 4
        small, large = sorted((abs(low), abs(high)))
        return {
            "small": words.amount(small, step, language()),
            "large": words.amount(large, step, language()),
            "low": words.amount(abs(low), step, language()),
            "high": words.amount(abs(high), step, language()),
            "unit": self.unit,
        }

    def one(self, value: float, step: float | None) -> str:
        """Write one end of a change."""
        said = words.amount(abs(value), self.step or step, language())
        facts = {"value": said, "unit": self.unit}
        return (
            _("%(value)s %(unit)s lavere") % facts
            if value < 0
            else _("%(value)s %(unit)s højere") % facts
        )

    def point(self, found: Weighed | None, own: Estimate | None) -> str:
        """Return the headline: where it will likely land, or what few have found."""
        if found is None:
            return _("Ingen har delt et resultat, der kan regnes med")
        if found.found is None:
            return ngettext(
                "%(count)s resultat er for lidt til et spænd for jer",
                "%(count)s resultater er for lidt til et spænd for jer",
                found.count,
            ) % {"count": found.count}
        low, high = found.found.low, found.found.high
        said = (
            _("Hos jer bliver tallet formentlig %(span)s")
            if own is None
            else _("Hos den næste bliver tallet formentlig %(span)s")
        )
        if low < 0 < high:
            said = (
                _("Hos jer lander ændringen formentlig %(span)s")
                if own is None
                else _("Hos den næste lander ændringen formentlig %(span)s")
            )
        return said % {"span": self.span(low, high)}

    def sentences(
        self,
        found: Weighed | None,
        own: Estimate | None,
        promised: float | None,
        volume: float | None,
        counted: Sequence[SharedEffect],
    ) -> list[str]:
        """Return what follows from the range, sentence by sentence."""
        if found is None:
            return []
        if found.found is None:
            if found.count == 1:
                return [
                    _("Ét sted fandt %(one)s. Det siger ikke, hvad der sker hos jer.")
                    % {"one": self.one(found.least, abs(found.least) / 10)}
                ]
            return [
                _(
                    "De fandt %(span)s. Det er kun det mindste og det største, der er fundet. "
                    "Fra tre resultater kan vi sige, hvor I formentlig lander."
                )
                % {"span": self.span(found.least, found.greatest)}
            ]
        grades = {one.grade for one in counted} | ({own.grade} if own is not None else set())
        said = [self._range(found, grades), *self._own(found)]
        if promised is not None and found.reaches is not None:
            said.append(
                _("Sandsynligheden for, at effekten hos jer når det lovede, er %(chance)s.")
                % {"chance": words.chance(found.reaches, language())}
            )
        if volume is not None and found.in_all is not None:
            said.append(self._in_all(found.in_all, volume))
        return said

    def _range(self, found: Weighed, grades: Collection[int]) -> str:
        return ngettext(
            "Spændet bygger på %(count)s resultat med »%(solution)s« (metodegrad %(grades)s). "
            "I 95 af 100 tilfælde vil effekten et nyt sted ligge inden for spændet.",
            "Spændet bygger på %(count)s resultater med »%(solution)s« (metodegrad %(grades)s). "
            "I 95 af 100 tilfælde vil effekten et nyt sted ligge inden for spændet.",
            found.count,
        ) % {"count": found.count, "solution": self.solution, "grades": _from_to(grades)}

    def _own(self, found: Weighed) -> list[str]:
        own = found.own
        if own is None:
            return []
        step = (own.high - own.low) / 4
        return [
            _(
                "Jeres egne %(own)s trækkes til %(drawn)s, fordi jeres resultat er usikkert, og "
                "de andre samlet peger på %(mean)s. De andre vejer %(share)s."
            )
            % {
                "own": self.one(own.own, step),
                "drawn": self.one(own.drawn_to, step),
                "mean": self.one(found.found.mean, step) if found.found else "",
                "share": words.chance(own.others_share, language()),
            },
            _("Efter at have hørt de andre er jeres eget spænd %(span)s.")
            % {"span": self.span(own.low, own.high)},
        ]

    def _in_all(self, in_all: tuple[float, float, float], volume: float) -> str:
        """Write the range times our volume; minutes also as hours."""
        low, _middle, high = in_all
        is_time = self.unit.strip().casefold().split(" ")[0] in MINUTES
        span = self.hours(low, high) if is_time else replace(self, step=None).span(low, high)
        return _("Med en mængde på %(volume)s om året svarer det til %(span)s om året.") % {
            "volume": formats.number(volume, 0, language()),
            "span": span,
        }

    def row(self, one: SharedEffect, is_counted: bool) -> dict[str, Any]:
        """Return a neighbour's result: figure, range, grade and verdict, never apart."""
        return {
            "who": one.municipality_name,
            "said": self.figure(one.estimate, one.low, one.high, one.error),
            "grade": words.grade(one.grade),
            "verdict": content.label("effect_verdict", Verdict(one.verdict).code),
            "places": one.places,
            "made_on": one.made_on,
            # Who was asked to share was told that no persons are named.
            "shared": _("Delt %(day)s") % {"day": formats.long_date(one.shared_on, language())},
            "is_counted": is_counted,
        }

    def own_row(self, own: Estimate) -> dict[str, Any]:
        """Return our own result in the same way."""
        return {
            "who": _("Jer selv"),
            "said": self.figure(
                float(own.estimate or 0), own.low, own.high, own.answer.get("error")
            ),
            "grade": words.grade(own.grade),
            "verdict": content.label("effect_verdict", Verdict(own.verdict).code),
            "places": len(own.answer.get("units", ())),
            "made_on": own.made_at.date(),
            "shared": "",
            "is_counted": True,
        }

    def figure(
        self, estimate: float, low: float | None, high: float | None, error: float | None
    ) -> str:
        """Return a change with its range; the unit stands once."""
        value = self.one(estimate, error)
        if low is None or high is None:
            return _("%(value)s (uden sikkert spænd)") % {"value": value}
        facts = self._ends_said(low, high) | {"value": value}
        if low < 0 < high:
            return _("%(value)s (%(low)s lavere til %(high)s højere)") % facts
        return _("%(value)s (%(small)s til %(large)s)") % facts

    def picture(
        self,
        found: Weighed | None,
        counted: Sequence[SharedEffect],
        own: Estimate | None,
        promised: float | None,
    ) -> RangePicture | None:
        """Return each result with its range, ours, and where the next may land."""
        if found is None:
            return None
        rows = [
            Row(
                one.municipality_name,
                self.one(one.estimate, one.error),
                *self._ends(one.estimate, one.low, one.high),
                one.estimate,
                about=_graded(one.grade, one.verdict),
            )
            for one in counted
        ]
        if own is not None and own.estimate is not None:
            value = float(own.estimate)
            ends = self._ends(value, own.low, own.high)
            here = self.one(value, own.answer["error"])
            graded = _graded(own.grade, own.verdict)
            rows.append(Row(_("Jeres eget"), here, *ends, value, about=graded))
        if found.own is not None:
            mine = found.own
            said = self.one(mine.drawn_to, (mine.high - mine.low) / 4)
            rows.append(Row(_("Trukket til"), said, mine.low, mine.high, mine.drawn_to))
        if found.found is not None:
            label = _("Hos den næste") if own else _("Hos jer, formentlig")
            low, high = found.found.low, found.found.high
            rows.append(Row(label, self.span(low, high), low, high, None, True))
        return range_picture(
            rows,
            conclusion=_("Hvad andre fandt med »%(solution)s«, i %(unit)s")
            % {"solution": self.solution, "unit": self.unit},
            mark=promised,
            mark_label=_("lovet"),
            language=language(),
        )

    @staticmethod
    def _ends(value: float, low: float | None, high: float | None) -> tuple[float, float]:
        return (value if low is None else low, value if high is None else high)

    def annex(self, weighed: Weighed | None) -> list[str]:
        """Return what the range is made of, with the sources."""
        if weighed is None or weighed.found is None:
            return []
        found = weighed.found
        step = (found.high - found.low) / 8
        facts = {
            "mean": self.span(found.mean_low, found.mean_high),
            "i2": formats.percent(found.i2 / 100, 0, language()),
            "tau": words.amount(found.tau, step, language()),
            "unit": self.unit,
            "reml": self.span(found.reml[0], found.reml[2]),
        }
        lines = [
            _("Gennemsnittet af alle steder er %(mean)s (95 %%).") % facts,
            _(
                "I² er %(i2)s: så stor en del af forskellen mellem stederne er virkelig forskel. "
                "Tau er %(tau)s %(unit)s: så meget er de sande effekter typisk forskellige."
            )
            % facts,
            _("Regnet med REML og Hartung-Knapp er gennemsnittet %(reml)s.") % facts,
        ]
        for _scale, low, high in found.other_priors:
            lines.append(
                _("Med en anden forhåndsantagelse om forskellene bliver spændet %(span)s.")
                % {"span": self.span(low, high)}
            )
        lines.append(
            _(
                "Metode: normal hierarkisk model med halvnormal fordeling af tau, regnet uden "
                "tilfældige tal (Higgins, Thompson og Spiegelhalter 2009; Röver m.fl. 2021)."
            )
        )
        return lines
