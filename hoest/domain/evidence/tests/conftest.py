"""What several tests of evidence give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.support.many_series import Upload, read, text

if TYPE_CHECKING:
    from django.test import Client

    from hoest.domain.evidence.models import SeriesFile


@pytest.fixture
def upload(client_for: Any, here: int) -> Upload:
    """Upload a file and read it, as the worker does."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hoest.domain.evidence.models import SeriesFile

    def given(
        content: str | bytes, name: str = "mange.csv", role: str = "controller"
    ) -> tuple[Client, SeriesFile]:
        client = client_for(role)
        raw = content.encode() if isinstance(content, str) else content
        answer = client.post(
            reverse("series:many"),
            {"file": SimpleUploadedFile(name, raw), "source": "Nøgletal", "source_on": ""},
        )
        assert answer.status_code == 302, text(answer)[:2000]
        file = SeriesFile.objects.latest("id")
        return client, read(file)

    return given
