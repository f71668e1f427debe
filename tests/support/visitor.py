"""A patient visitor over plain HTTP: signs in, sends forms, and tries again when nobody answers."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE_SECONDS = 60


class Visitor:
    """One browser's cookies and what it last saw."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.url = address
        self.page = ""

    def get(self, path: str) -> int:
        """Open a page and return its status."""
        return self._open(urllib.request.Request(self.address + path.lstrip("/")))

    def post(
        self, path: str, fields: dict[str, str], file: tuple[str, str, bytes] | None = None
    ) -> int:
        """Send a form with the token of the page last seen; `file` is (field, name, content)."""
        token = TOKEN.search(self.page)
        assert token, f"no form on {self.url}"
        fields = {"csrfmiddlewaretoken": token[1], **fields}
        request = urllib.request.Request(self.address + path.lstrip("/"), method="POST")
        request.add_header("Referer", self.url)
        if file is None:
            request.data = urllib.parse.urlencode(fields).encode()
        else:
            mark = uuid.uuid4().hex
            request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
            request.data = _multipart(mark, fields, file)
        return self._open(request)

    def patiently_get(self, path: str) -> None:
        """Open a page, again and again until it answers 200."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.get(path) != 200:
            assert time.monotonic() < end, f"{path} never answered"
            time.sleep(0.1)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in with a password."""
        self.patiently_get("konto/log-ind/")
        self.post("konto/log-ind/", {"login": email, "password": password})
        assert "konto/log-ind" not in self.url, self.page[-2000:]

    def _open(self, request: urllib.request.Request) -> int:
        try:
            with self.opener.open(request, timeout=20) as answer:
                self.url = answer.url
                self.page = answer.read().decode(errors="replace")
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except (OSError, http.client.HTTPException):
            return 0


def _multipart(mark: str, fields: dict[str, str], file: tuple[str, str, bytes]) -> bytes:
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    field, name, content = file
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content)
    return b"".join(parts) + f"\r\n--{mark}--\r\n".encode()
