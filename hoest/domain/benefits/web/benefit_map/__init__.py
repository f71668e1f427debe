"""Pages of the benefit map: the picture, the list that is a full editor, and the files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hoest.ui.keyboard import Shortcut, explain

# What map.js binds while a node of the picture has the focus.
KEYS = (
    Shortcut((_("Piletasterne"),), _("Gå til det nærmeste led")),
    Shortcut(("Enter",), _("Åbn leddet, eller forbind med det")),
    Shortcut(("f",), _("Begynd en forbindelse fra leddet")),
    Shortcut(("n",), _("Tilføj et led efter")),
    Shortcut(("b",), _("Tilføj et led før")),
    Shortcut(("Esc",), _("Afbryd forbindelsen")),
    Shortcut(("Ctrl", "z"), _("Fortryd dit seneste")),
)


def register() -> None:
    """Tell the keys of the picture on the page of shortcuts."""
    explain(_("I et gevinstdiagram"), KEYS)
