"""Mail without a mail server: each message becomes a file in the data folder."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.filebased import EmailBackend

from hoest.foundation.database.folder import open_folder


class FolderBackend(EmailBackend):
    """Writes mail to <data folder>/mail, so that a first start needs no mail server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder = open_folder().path / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(*args, **{**kwargs, "file_path": str(folder)})
