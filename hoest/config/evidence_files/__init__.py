"""Effect, transfer and design from CSV files: reading, Danish sentences and JSON answers.

Used by `hoest effect`, `hoest transfer` and `hoest design`; the numbers come from `hoest.engine`.
"""
