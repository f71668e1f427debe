"""Reporting: the harvest account, what moved, and later Min uge and committee pages.

Words: høstregnskab, løfte, senest godkendt, målt, i hånden. Reads the subjects below through
their queries; owns snapshots so that what was shown in March still shows March.
"""
