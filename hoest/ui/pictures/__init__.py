"""Pictures drawn as SVG by pure functions: no database, no clock, no hidden randomness.

Public: ``harvest`` (the harvest account as birds, and hours as bars).
"""
