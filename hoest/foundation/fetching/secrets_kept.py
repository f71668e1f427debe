"""Secrets of sources: encrypted in the row, with a key made from the installation's own."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from hoest.foundation.fetching.faults import CannotFetch


def seal(text: str) -> str:
    """Encrypt a secret; an empty one stays empty."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Decrypt a secret. Raises CannotFetch when the installation's key is another one now."""
    if not sealed:
        return ""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as lost:
        raise CannotFetch("Adgangskoden til kilden kan ikke læses. Skriv den igen.") from lost


def _cipher() -> MultiFernet:
    """Encrypt with the present key; read what an earlier one (SECRET_KEY_FALLBACKS) wrote."""
    keys = map(force_bytes, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    made = [hashlib.sha256(b"hoest source secret" + one).digest() for one in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
