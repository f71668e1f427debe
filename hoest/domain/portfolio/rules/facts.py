"""Facts of an initiative: three answers, and the triggers that read them. No Django."""

from hoest.foundation.content.triggers import (
    ALWAYS,
    FactAnswer,
    Trigger,
    TriggerFault,
    read_trigger,
)

__all__ = ["ALWAYS", "FactAnswer", "Trigger", "TriggerFault", "read_trigger"]
