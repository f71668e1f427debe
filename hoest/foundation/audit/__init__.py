"""Audit: an append-only list of acts, who did what to which thing and why.

Rows change history is kept by pghistory; this is the readable log. Every action calls `record`.
"""
