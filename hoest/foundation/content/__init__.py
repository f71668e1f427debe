"""Content: the words, labels, limits and municipalities that a municipality may replace.

What: reads `hoest/content/*.yaml` and `*.csv` once per process, checks them against their schema,
and answers in the reader's language. A folder named by `HOEST_CONTENT` replaces file by file.
Why: texts and thresholds are configured, not coded. Source: architecture §1, principle 10.

Words: *kind* a coded field such as `phase` · *code* one of its values · *term* a glossary word ·
*limit* a named threshold. Everything here may be imported by any subject; Django is not needed.
"""

from __future__ import annotations

from .benefit_maps import MapTemplate
from .building_blocks import BuildingBlock
from .capacity import BusyWindow, ProfessionalGroup, ScarceRole
from .effect_indicators import EffectIndicator, effect_indicators
from .ethics_screening import EthicsInstrument
from .first_steps import FirstStep
from .first_year import FirstYear, PlannedMilestone
from .gates import (
    gate_requirements,
    initiative_questions,
    phase_model_in_use,
    phase_model_text,
    read_phase_model,
    shipped_phase_models,
)
from .idea_scales import IdeaScale
from .initiative_facts import InitiativeQuestion
from .language import active_language
from .lookup import (
    building_blocks,
    choices,
    code_of,
    codes,
    explanation,
    forget,
    holds,
    idea_scales,
    kind_label,
    kinds,
    label,
    lifts,
    limit,
    limit_decimal,
    limits,
    mandate_entries,
    map_templates,
    message_kind,
    message_kinds,
    municipalities,
    municipality,
    number,
    path,
    quiet_times,
    replaced,
    steps_of_roles,
    takeout_models,
    term,
    terms,
    words_to_search,
)
from .mandates import MandateEntry
from .messages import MessageKind, QuietTimes
from .phase_models import LineFault, ModelPhase, PhaseModel, PhaseModelFault
from .planning import first_year, professional_groups, scarce_roles
from .reassurance import ethics_instrument, sheet_content
from .reassurance_sheet import SheetContent
from .requirements import Requirement
from .schema import ContentFault, Limit, Municipality, Word
from .search_words import SearchWords
from .shared_solutions import SharedSolution, shared_solutions
from .takeout_models import TakeoutModel

__all__ = [
    "BuildingBlock",
    "BusyWindow",
    "ContentFault",
    "EffectIndicator",
    "EthicsInstrument",
    "FirstStep",
    "FirstYear",
    "IdeaScale",
    "InitiativeQuestion",
    "Limit",
    "LineFault",
    "MandateEntry",
    "MapTemplate",
    "MessageKind",
    "ModelPhase",
    "Municipality",
    "PhaseModel",
    "PhaseModelFault",
    "PlannedMilestone",
    "ProfessionalGroup",
    "QuietTimes",
    "Requirement",
    "ScarceRole",
    "SearchWords",
    "SharedSolution",
    "SheetContent",
    "TakeoutModel",
    "Word",
    "active_language",
    "building_blocks",
    "choices",
    "code_of",
    "codes",
    "effect_indicators",
    "ethics_instrument",
    "explanation",
    "first_year",
    "forget",
    "gate_requirements",
    "holds",
    "idea_scales",
    "initiative_questions",
    "kind_label",
    "kinds",
    "label",
    "lifts",
    "limit",
    "limit_decimal",
    "limits",
    "mandate_entries",
    "map_templates",
    "message_kind",
    "message_kinds",
    "municipalities",
    "municipality",
    "number",
    "path",
    "phase_model_in_use",
    "phase_model_text",
    "professional_groups",
    "quiet_times",
    "read_phase_model",
    "replaced",
    "scarce_roles",
    "shared_solutions",
    "sheet_content",
    "shipped_phase_models",
    "steps_of_roles",
    "takeout_models",
    "term",
    "terms",
    "words_to_search",
]
