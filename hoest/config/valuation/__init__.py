"""What `hoest value` reads and shows: the file's format, its faults and its answer in Danish.

`reading` turns JSON into lines and refuses what it does not understand; `sentences` says the
engine's caveats in Danish; `showing` makes the JSON answer and the table. None of it needs Django
or a database.
"""
