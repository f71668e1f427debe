"""Named errors of the sensitivity engine: facts about a model that cannot be computed.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations

from decimal import Decimal


class SensitivityError(ValueError):
    """A model, or a question to it, that the sensitivity engine refuses."""


class AssumptionTwice(SensitivityError):
    """Two assumptions of a model have one key, or a table was asked to vary one twice."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        self.key = key
        super().__init__(f"the assumption {key!r} stands twice")


class AssumptionUnknown(SensitivityError):
    """An expression or a question names an assumption that the model does not have."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        """Keep the key and the keys known."""
        self.key, self.known = key, known
        super().__init__(f"no assumption is called {key!r}; known: {', '.join(known)}")


class AssumptionOutOfOrder(SensitivityError):
    """An assumption's values are not finite, or not in order from least to most."""

    def __init__(self, key: str, values: tuple[Decimal, ...]) -> None:
        """Keep the key and the values, in the order they should have."""
        self.key, self.values = key, values
        super().__init__(f"the assumption {key!r} has values out of order: {values}")


class DividedByNothing(SensitivityError):
    """An expression divides by something that is zero at the values asked for."""


class ModelWithoutLines(SensitivityError):
    """A model without a single line has no value to be sensitive."""
