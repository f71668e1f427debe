"""The pulse in the demo: what leaders answered in the half-years that are over."""

from __future__ import annotations

from hoest.config.demo.town import Town
from hoest.domain.evidence.actions.pulse import adopt_round
from hoest.domain.evidence.rules.pulse import PulseAnswer, round_before, round_of
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml


def tell_pulse(town: Town) -> None:
    """Put in the counts of a municipality; nothing for one the file does not tell of."""
    for told in read_yaml(content.path("demo/pulse.yaml")):
        if told["code"] != town.code:
            continue
        for one in told["rounds"]:
            on = round_of(town.calendar.today)
            for _step in range(one["back"]):
                on = round_before(on)
            adopt_round(
                actor=town.with_role("portfolio_manager"),
                round_on=on,
                counts={
                    (town.unit(name).pk, answer): count
                    for name, counts in one["counts"].items()
                    for answer, count in zip(PulseAnswer, counts, strict=True)
                },
            )
