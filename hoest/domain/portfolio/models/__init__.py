"""Tables of the portfolio."""

from hoest.domain.portfolio.models.candidate import Candidate, CandidateFile
from hoest.domain.portfolio.models.capacity import (
    Cooperation,
    RoleDemand,
    RoleSupply,
    WorkLimit,
)
from hoest.domain.portfolio.models.core_task import CoreTask
from hoest.domain.portfolio.models.crossing import (
    Journey,
    JourneyStep,
    SharedOwner,
    StepInitiative,
)
from hoest.domain.portfolio.models.dependency import Dependency, Influence, InfluenceStep
from hoest.domain.portfolio.models.experiment import (
    Experiment,
    ExperimentDecision,
    ExperimentExtension,
)
from hoest.domain.portfolio.models.fact import IdeaFact, InitiativeFact
from hoest.domain.portfolio.models.first_year import Milestone, StartPlan
from hoest.domain.portfolio.models.gate import (
    Course,
    Deviation,
    GateDecision,
    GateRequest,
    PhaseModelVersion,
    RequirementAnswer,
    Waiting,
)
from hoest.domain.portfolio.models.idea import (
    AnswerDays,
    Idea,
    IdeaPhoto,
    IdeaScore,
    IdeaStep,
    StuckDay,
)
from hoest.domain.portfolio.models.initiative import Initiative, LeadStatus
from hoest.domain.portfolio.models.lesson import Lesson, SharedLesson
from hoest.domain.portfolio.models.mark import SolutionMark
from hoest.domain.portfolio.models.need import Need, NeedTest, NeedTie
from hoest.domain.portfolio.models.profession import GroupPlan, ProfessionProfile
from hoest.domain.portfolio.models.purchase import Purchase
from hoest.domain.portfolio.models.rollout import ClosingDecision, Rollout
from hoest.domain.portfolio.models.shared_solution import LocalSolution
from hoest.domain.portfolio.models.stage import Stage, UseCount

__all__ = [
    "AnswerDays",
    "Candidate",
    "CandidateFile",
    "ClosingDecision",
    "Cooperation",
    "CoreTask",
    "Course",
    "Dependency",
    "Deviation",
    "Experiment",
    "ExperimentDecision",
    "ExperimentExtension",
    "GateDecision",
    "GateRequest",
    "GroupPlan",
    "Idea",
    "IdeaFact",
    "IdeaPhoto",
    "IdeaScore",
    "IdeaStep",
    "Influence",
    "InfluenceStep",
    "Initiative",
    "InitiativeFact",
    "Journey",
    "JourneyStep",
    "LeadStatus",
    "Lesson",
    "LocalSolution",
    "Milestone",
    "Need",
    "NeedTest",
    "NeedTie",
    "PhaseModelVersion",
    "ProfessionProfile",
    "Purchase",
    "RequirementAnswer",
    "RoleDemand",
    "RoleSupply",
    "Rollout",
    "SharedLesson",
    "SharedOwner",
    "SolutionMark",
    "Stage",
    "StartPlan",
    "StepInitiative",
    "StuckDay",
    "UseCount",
    "Waiting",
    "WorkLimit",
]
