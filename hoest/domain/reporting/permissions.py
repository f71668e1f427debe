"""What may be seen of the accounts."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_ACCOUNT = permission("reporting.account", "Se høstregnskabet", roles=INSIDE)
