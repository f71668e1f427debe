"""What stands behind the demo's business cases: effects for citizens, and the guide of some.

Told in content/demo/guided.yaml, so that the figures beside the initiatives stay readable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.business_cases import actions
from hoest.domain.business_cases.queries import inputs_of, parts_of
from hoest.domain.business_cases.rules.assumptions import Used
from hoest.domain.business_cases.rules.guide import Question, reason_against
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content.files import read_yaml

if TYPE_CHECKING:
    from hoest.config.demo.initiatives import InitiativeStory

EFFECT_TOLD = words("who change measured none")
GUIDE_TOLD = words(
    "situation need nothing others chosen no_others no_costs assumptions derived owner followed "
    "followed_when stopped horizon"
)
ALTERNATIVE_TOLD = words("name what one_off yearly_cost yearly_benefit why")
THOUSAND = 1000
ASKED = {
    "situation": Question.SITUATION,
    "need": Question.NEED,
    "chosen": Question.CHOSEN_BECAUSE,
    "no_others": Question.NO_OTHERS,
    "followed": Question.FOLLOWED_BY,
    "followed_when": Question.FOLLOWED_WHEN,
    "stopped": Question.STOPPED_WHEN,
}
EFFECT_ASKED = {
    "who": Question.USER_GROUP,
    "change": Question.CHANGE,
    "measured": Question.MEASURED_BY,
    "none": Question.NO_EFFECT,
}


@cache
def _told() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(content.path("demo/guided.yaml"))
    return found


def guide_case(story: InitiativeStory, draft: Any) -> int:
    """Answer the guide of a first draft as it is told; return the draft's version after it."""
    stem = story.word.rsplit("-", 1)[0] if story.town.told.get("as_list") else story.word
    effect = _told()["effects"].get(stem)
    told = {} if story.town.told.get("as_list") else _told()["guided"].get(story.word, {})
    refuse_unknown(effect or {}, EFFECT_TOLD, f"virkningen af {stem}")
    refuse_unknown(told, GUIDE_TOLD, f"trinnene i {stem}")
    answers: dict[str, str] = {
        question: (effect or {}).get(name, "") for name, question in EFFECT_ASKED.items()
    }
    answers |= {question: told.get(name, "") for name, question in ASKED.items()}
    answers |= {reason_against(one): said for one, said in told.get("no_costs", {}).items()}
    writing = _Writing(story, draft)
    writing.answer({question: text for question, text in answers.items() if text})
    writing.alternatives(told)
    writing.assume(told)
    if told.get("horizon"):
        writing.horizon(int(told["horizon"]))
    draft.refresh_from_db()
    return int(draft.version)


class _Writing:
    """Who writes in which draft."""

    def __init__(self, story: InitiativeStory, draft: Any) -> None:
        self.story, self.draft = story, draft
        self.controller: Actor = story.town.with_role("controller")

    @property
    def at(self) -> dict[str, Any]:
        """The draft as it stands, for an act on it."""
        self.draft.refresh_from_db(fields=["version"])
        return {
            "actor": self.controller,
            "version_id": self.draft.pk,
            "version": self.draft.version,
        }

    def answer(self, answers: Mapping[str, str]) -> None:
        """Answer the questions, step by step; the owner of the case is a person."""
        owner = (_told()["guided"].get(self.story.word) or {}).get("owner")
        by_step: dict[str, dict[str, str]] = {}
        for question, text in answers.items():
            by_step.setdefault(question.split(".")[0], {})[question] = text
        for slug, texts in by_step.items():
            persons: dict[str, int | None] = {}
            if slug == "opfoelgning" and owner:
                persons[Question.CASE_OWNER] = self.story.town.person(owner).pk
            actions.write_answers(
                actor=self.controller,
                version_id=self.draft.pk,
                slug=slug,
                version=parts_of(self.draft).version_of_step(slug),
                texts=texts,
                persons=persons,
            )

    def alternatives(self, told: Mapping[str, Any]) -> None:
        """Write what happens when nothing is done, and the other ways."""
        nothing = told.get("nothing")
        for row in [*([nothing] if nothing else []), *told.get("others", ())]:
            refuse_unknown(row, ALTERNATIVE_TOLD, f"alternativet {row.get('name')}")
            actions.set_alternative(
                **self.at,
                alternative=actions.AlternativeInput(
                    row.get("name", "Fortsætte som i dag"),
                    row["what"],
                    _thousands(row.get("one_off")),
                    _thousands(row.get("yearly_cost")),
                    _thousands(row.get("yearly_benefit")),
                    row["why"],
                ),
                is_do_nothing=row is nothing,
            )

    def assume(self, told: Mapping[str, Any]) -> None:
        """Write the assumptions, and let the told line derive from them."""
        made: dict[str, int] = {}
        for row in told.get("assumptions", ()):
            dated = self.story.day(f"{row['months']}m") if "months" in row else None
            assumption = actions.set_assumption(
                **self.at,
                assumption=actions.AssumptionInput(
                    row["name"],
                    row["unit"],
                    Decimal(str(row["value"])),
                    row.get("source", ""),
                    min(dated, clock.today()) if isinstance(dated, dt.date) else None,
                ),
            )
            made[row["name"]] = assumption.pk
        derived = told.get("derived")
        if derived:
            self._derive(derived, made)

    def _derive(self, derived: Mapping[str, Any], made: Mapping[str, int]) -> None:
        line = self.draft.lines.get(key=derived["line"])
        given = next(x for x in inputs_of(self.draft) if x.key == derived["line"])
        years = sorted(given.amounts)
        actions.set_derived_line(
            **self.at,
            line=given,
            factors=[Used(made[name.lstrip("/")], name.startswith("/")) for name in derived["by"]],
            ramp={
                year: Decimal(str(share))
                for year, share in zip(years, derived["shares"], strict=True)
            },
            line_id=line.pk,
        )

    def horizon(self, years_ahead: int) -> None:
        """Say how many years from now the case is reckoned to."""
        year = self.story.town.calendar.year(years_ahead)
        actions.set_horizon(**self.at, horizon_year=year)


def _thousands(told: float | None) -> Decimal | None:
    return None if told is None else Decimal(str(told)) * THOUSAND
