"""The reader's language: the active Django translation where there is one, else Danish.

Django is looked up only if somebody has already imported and configured it, so a command that
needs no web part stays light.
"""

from __future__ import annotations

import sys
from typing import Literal

Language = Literal["da", "en"]


def active_language() -> Language:
    """Answer `en` when English is the active translation, in every other case `da`."""
    conf = sys.modules.get("django.conf")
    translation = sys.modules.get("django.utils.translation")
    if conf is None or translation is None or not conf.settings.configured:
        return "da"
    active = translation.get_language() or "da"
    return "en" if active.startswith("en") else "da"
