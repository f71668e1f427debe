"""The findings of a map in plain words: what is lacking, and the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.queries.benefit_map import ReadMap
from hoest.domain.benefits.rules.benefit_map import Finding


@dataclass(frozen=True)
class FindingWords:
    """What a finding says and how it is mended; `%(one)s` and `%(two)s` are nodes by name."""

    said: Any
    mend: Any


WORDS: dict[str, FindingWords] = {
    "shortcut": FindingWords(
        _("»%(one)s« fører direkte til gevinsten »%(two)s«."),
        _("Skriv, hvad folk gør på en ny måde, og lad pilene gå derigennem."),
    ),
    "no_deliverable": FindingWords(
        _("Ingen leverance fører til gevinsten »%(one)s«."),
        _("Tegn vejen fra det, I leverer, eller tag gevinsten af diagrammet."),
    ),
    "no_behaviour": FindingWords(
        _("Ingen ny praksis fører til gevinsten »%(one)s«."),
        _("Skriv, hvem der gør hvad anderledes. Uden det kommer gevinsten sjældent."),
    ),
    "no_owner": FindingWords(
        _("»%(one)s« har ingen ejer."), _("Vælg en leder i driften, som kan svare for det.")
    ),
    "no_purpose": FindingWords(
        _("Gevinsten »%(one)s« fører ikke til noget formål."),
        _("Forbind den med det formål, den tjener."),
    ),
    "counted_twice": FindingWords(
        _("»%(one)s« fører til »%(two)s«, og begge tæller i samme enhed."),
        _("Lad kun den ene tælle, eller skriv, hvad hver af dem giver for sig."),
    ),
    "two_paths": FindingWords(
        _("»%(one)s« når formålet »%(two)s« ad flere veje."),
        _("Se efter, om den samme krone eller time regnes med to gange."),
    ),
    "orphan": FindingWords(
        _("»%(one)s« hænger ikke sammen med noget."),
        _("Forbind det med det, det fører til, eller fjern det."),
    ),
    "dead_end": FindingWords(
        _("»%(one)s« fører ikke til noget."),
        _("Forbind det med det næste led, eller fjern det."),
    ),
}


@dataclass(frozen=True)
class SaidFinding:
    """A finding in words, with the page of the node where it is mended."""

    code: str
    said: str
    mend: str
    node_id: int
    url: str


def said_findings(found: ReadMap, findings: list[Finding]) -> list[SaidFinding]:
    """Return the findings in words, in their order."""
    return [_said(found, one) for one in findings]


def _said(found: ReadMap, finding: Finding) -> SaidFinding:
    names = [found.node[one].title for one in finding.node_ids]
    words = WORDS[finding.code]
    first = finding.node_ids[0]
    return SaidFinding(
        code=finding.code,
        said=str(words.said) % {"one": names[0], "two": names[-1]},
        mend=str(words.mend),
        node_id=first,
        url=reverse("benefits:map_node", args=[found.initiative.pk, first]),
    )
