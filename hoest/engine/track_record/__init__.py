"""Track record (træfsikkerhed): what earlier cases gave of what they promised, and how late.

The ratio actual to first promised, as a median with an interval that assumes no shape; months
late; how often the actual lay in the promised range; and nothing when there are too few. Method
page: docs/reference/methods/track-record.md.

Source: David and Nagaraja (2003); Clopper and Pearson (1934); Rigsrevisionen 21/2019, 5/2020.
"""

from .errors import (
    ConfidenceOutOfRange,
    CountOutOfRange,
    PromiseOutOfOrder,
    TrackRecordError,
)
from .intervals import (
    CONFIDENCE,
    MedianInterval,
    ShareInterval,
    fewest_for_interval,
    median_interval,
    share_interval,
)
from .record import (
    Promise,
    TrackRecord,
    months_late,
    realised_share,
    track_record,
    was_in_range,
)

__all__ = [
    "CONFIDENCE",
    "ConfidenceOutOfRange",
    "CountOutOfRange",
    "MedianInterval",
    "Promise",
    "PromiseOutOfOrder",
    "ShareInterval",
    "TrackRecord",
    "TrackRecordError",
    "fewest_for_interval",
    "median_interval",
    "months_late",
    "realised_share",
    "share_interval",
    "track_record",
    "was_in_range",
]
