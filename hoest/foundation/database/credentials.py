"""Passwords and keys of one installation: random, in one file that only the owner reads."""

from __future__ import annotations

import secrets

from hoest.foundation.database.folder import DataFolder, open_folder, read_json, write_json
from hoest.foundation.database.locks import exclusively

NAMES = ("superuser", "owner", "app", "worker", "backup", "secret_key")


def credentials(folder: DataFolder | None = None) -> dict[str, str]:
    """Return every secret by name, making the missing ones."""
    folder = folder or open_folder()
    known = read_json(folder.secrets_file)
    if all(name in known for name in NAMES):
        return known
    with exclusively(folder.lock("secrets")):
        known = read_json(folder.secrets_file)
        missing = {name: secrets.token_urlsafe(32) for name in NAMES if name not in known}
        if missing:
            # 50 characters or more is what Django asks of its key.
            if "secret_key" in missing:
                missing["secret_key"] = secrets.token_urlsafe(64)
            known |= missing
            write_json(folder.secrets_file, known)
    return known


def secret_key(folder: DataFolder | None = None) -> str:
    """Return the key that signs sessions and links."""
    return credentials(folder)["secret_key"]
