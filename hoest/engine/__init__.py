"""The numbers: pure functions, without Django, database, clock, files or hidden randomness.

Each folder is one method. A public function names its formula and its source, and takes and
returns frozen dataclasses with units and shapes. Nothing of ours is imported from outside.
"""
