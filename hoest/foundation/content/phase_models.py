"""The shape of a phase model, and its faults by line.

What: reads the models of `phase_models.yaml` and the one a municipality writes on its own page.
Why lines: the writer is a portfolio lead with a text field, so every fault says where it is, and
all of them are told at once. Source: issue of phases and gates as content; architecture
principle 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from .initiative_facts import CODE
from .schema import ContentFault, Text

FILE = "phase_models.yaml"
STAGES = ("idea", "analysis", "execution", "realisation")
MOST_PHASES = 9
MODEL_FIELDS = {"code", "da", "en", "about_da", "about_en", "phases"}
PHASE_FIELDS = {"code", "stage", "da", "en", "about_da", "about_en", "asks", "skips"}


class _Anything(Collection[str]):
    """A collection that holds every code: for a model that was checked the day it was taken."""

    def __contains__(self, one: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


ANYTHING: Collection[str] = _Anything()


@dataclass(frozen=True, slots=True)
class ModelPhase:
    """A phase: its stage, and what the gate before it asks for early or leaves out."""

    code: str
    stage: str
    label: Text
    about: Text
    asks: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseModel:
    """A phase model: its phases in order, from idea to realisation."""

    code: str
    label: Text
    about: Text
    phases: tuple[ModelPhase, ...]

    def phase(self, code: str) -> ModelPhase | None:
        """Return a phase by its code, or None."""
        return next((one for one in self.phases if one.code == code), None)

    def first_in(self, stage: str) -> ModelPhase | None:
        """Return the first phase of a stage, or None when the model has none."""
        return next((one for one in self.phases if one.stage == stage), None)

    def after(self, code: str) -> ModelPhase | None:
        """Return the phase after one, or None after the last."""
        codes = [one.code for one in self.phases]
        place = codes.index(code) + 1 if code in codes else len(codes)
        return self.phases[place] if place < len(codes) else None


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a line, in one sentence that says how to mend it."""

    line: int
    said: str


class PhaseModelFault(ContentFault):
    """A phase model that is not one; carries every fault with its line."""

    def __init__(self, faults: list[LineFault]) -> None:
        super().__init__(" ".join(f"Linje {one.line}: {one.said}" for one in faults))
        self.faults = tuple(faults)


def read_model(
    text: str, *, requirements: Collection[str], statutory: Collection[str]
) -> PhaseModel:
    """Build a phase model from its text. Errors: `PhaseModelFault` with all faults by line."""
    reading = _Reading(requirements, statutory)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise PhaseModelFault(
            [LineFault(mark.line + 1 if mark else 1, "Det er ikke gyldig YAML. Se på indryk og :.")]
        ) from error
    except yaml.YAMLError as error:
        raise PhaseModelFault([LineFault(1, "Det er ikke gyldig YAML.")]) from error
    made = reading.model(root)
    if reading.faults or made is None:
        raise PhaseModelFault(sorted(reading.faults, key=lambda one: one.line))
    return made


def read_phase_models(
    file: str, raw: Any, *, requirements: Collection[str], statutory: Collection[str]
) -> dict[str, PhaseModel]:
    """Check and build the shipped models by code. Errors: `ContentFault` naming the model."""
    if not isinstance(raw, dict) or not raw:
        raise ContentFault(f"{file}: filen er tom eller har ikke navne yderst til venstre.")
    found = {}
    for code, entry in raw.items():
        if not isinstance(entry, dict):
            raise ContentFault(f"{file}: '{code}' skal have felter under sig.")
        try:
            found[code] = read_model(
                model_text(str(code), entry), requirements=requirements, statutory=statutory
            )
        except PhaseModelFault as fault:
            said = " ".join(one.said for one in fault.faults)
            raise ContentFault(f"{file}: '{code}': {said}") from fault
    return found


def model_text(code: str, entry: Mapping[str, Any]) -> str:
    """Return one model as the text a municipality would write."""
    text: str = yaml.safe_dump(
        {"code": code, **entry}, allow_unicode=True, sort_keys=False, width=90
    )
    return text


class _Reading:
    """One reading of a text, which gathers every fault it meets."""

    def __init__(self, requirements: Collection[str], statutory: Collection[str]) -> None:
        self.requirements, self.statutory = requirements, statutory
        self.faults: list[LineFault] = []

    def model(self, root: yaml.Node | None) -> PhaseModel | None:
        """Return the model, or None when there is nothing to build it of."""
        fields = self._fields(root, MODEL_FIELDS, "modellen")
        if root is None or not fields:
            if not self.faults:
                self._fault(root, "Teksten er tom. Begynd med 'code:', 'da:' og 'phases:'.")
            return None
        phases = self._phases(root, fields.get("phases"))
        return PhaseModel(
            code=self._code(root, fields),
            label=self._both(root, fields, ""),
            about=self._both(root, fields, "about_"),
            phases=phases,
        )

    def _phases(self, root: yaml.Node, node: yaml.Node | None) -> tuple[ModelPhase, ...]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._fault(node or root, "'phases' skal være en liste med en linje for hver fase.")
            return ()
        built = [self._phase(one) for one in node.value]
        self._order(node, built)
        return tuple(built)

    def _phase(self, node: yaml.Node) -> ModelPhase:
        fields = self._fields(node, PHASE_FIELDS, "fasen")
        stage = self._text(node, fields, "stage")
        if stage and stage not in STAGES:
            self._fault(
                fields["stage"], f"Trinnet '{stage}' findes ikke. Vælg {', '.join(STAGES)}."
            )
        return ModelPhase(
            code=self._code(node, fields),
            stage=stage,
            label=self._both(node, fields, ""),
            about=self._both(node, fields, "about_"),
            asks=self._requirements(fields, "asks"),
            skips=self._requirements(fields, "skips"),
        )

    def _order(self, node: yaml.SequenceNode, built: list[ModelPhase]) -> None:
        seen: set[str] = set()
        furthest = 0
        for place, one in zip(node.value, built, strict=True):
            if one.code and one.code in seen:
                self._fault(place, f"Fasen '{one.code}' står der to gange.")
            seen.add(one.code)
            if one.stage in STAGES:
                here = STAGES.index(one.stage)
                if here < furthest:
                    self._fault(place, f"Fasen '{one.code}' går tilbage til trinnet '{one.stage}'.")
                furthest = max(furthest, here)
        if not 2 <= len(built) <= MOST_PHASES:
            self._fault(node, f"En model har fra to til {MOST_PHASES} faser.")
        if built[0].stage != "idea":
            self._fault(node.value[0], "Den første fase skal have 'stage: idea'.")
        if built[-1].stage != "realisation":
            self._fault(node.value[-1], "Den sidste fase skal have 'stage: realisation'.")

    def _requirements(self, fields: dict[str, yaml.Node], name: str) -> tuple[str, ...]:
        node = fields.get(name)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, f"'{name}' skal være en liste, for eksempel [dpia, baseline].")
            return ()
        found = []
        for one in node.value:
            code = str(one.value)
            if code not in self.requirements:
                self._fault(one, f"Kravet '{code}' findes ikke.")
            elif name == "skips" and code in self.statutory:
                self._fault(one, f"Kravet '{code}' følger af lov og kan ikke udelades.")
            else:
                found.append(code)
        return tuple(found)

    def _fields(
        self, node: yaml.Node | None, known: Collection[str], what: str
    ) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self._fault(node, f"Her skal {what} stå med navn, kolon og tekst.")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in known:
                self._fault(key, f"Kender ikke '{name}'. Skriv {', '.join(sorted(known))}.")
            elif name in found:
                self._fault(key, f"'{name}' står der to gange.")
            else:
                found[name] = value
        return found

    def _code(self, node: yaml.Node, fields: dict[str, yaml.Node]) -> str:
        code = self._text(node, fields, "code")
        if code and not CODE.fullmatch(code):
            self._fault(fields["code"], f"'{code}' skal være små bogstaver, tal og _.")
        return code

    def _both(self, node: yaml.Node, fields: dict[str, yaml.Node], begins: str) -> Text:
        """Return a text in both languages; the name must be there, English may be left out."""
        if begins and f"{begins}da" not in fields:
            return Text("", "")
        da = self._text(node, fields, f"{begins}da")
        en = self._text(node, fields, f"{begins}en") if f"{begins}en" in fields else da
        return Text(da, en)

    def _text(self, node: yaml.Node, fields: dict[str, yaml.Node], name: str) -> str:
        found = fields.get(name)
        if found is None:
            self._fault(node, f"'{name}' mangler.")
            return ""
        text = str(found.value).strip() if isinstance(found, yaml.ScalarNode) else ""
        if not text or len(text) > 300:
            self._fault(found, f"'{name}' skal være en tekst på højst 300 tegn.")
            return ""
        return text

    def _fault(self, node: yaml.Node | None, said: str) -> None:
        self.faults.append(LineFault(node.start_mark.line + 1 if node else 1, said))
