"""A real browser on a real server: Debian's Chromium, driven by Playwright."""

from __future__ import annotations
