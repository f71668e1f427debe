"""Forms: drafts that survive a lost session, and lost updates that are refused.

A long form posts itself while it is written (`<form data-autosave="…">`, see `<c-autosave>`) to a
view that calls `drafts.keep`. The draft belongs to one person and touches nothing else, so it may
be half done; "Gem" writes the thing itself and drops the draft. What the person read carries its
`version`; `versions.check_version` refuses to overwrite somebody else's change.
"""
