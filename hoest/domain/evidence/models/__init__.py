"""Tables of evidence."""

from hoest.domain.evidence.models.acted import SeriesIdea, TakenLine
from hoest.domain.evidence.models.estimate import Estimate, EstimateInput, EstimateRun
from hoest.domain.evidence.models.pulse import PulseCount, PulseGiven
from hoest.domain.evidence.models.series import (
    Place,
    Point,
    PointCorrection,
    Series,
    SeriesBreak,
    SeriesFile,
    SeriesLoad,
    StatbankTable,
)
from hoest.domain.evidence.models.shared import SharedEffect, SharedSeries
from hoest.domain.evidence.models.study import DrawnOrder, Happening, Study, StudyPlace

__all__ = [
    "DrawnOrder",
    "Estimate",
    "EstimateInput",
    "EstimateRun",
    "Happening",
    "Place",
    "Point",
    "PointCorrection",
    "PulseCount",
    "PulseGiven",
    "Series",
    "SeriesBreak",
    "SeriesFile",
    "SeriesIdea",
    "SeriesLoad",
    "SharedEffect",
    "SharedSeries",
    "StatbankTable",
    "Study",
    "StudyPlace",
    "TakenLine",
]
