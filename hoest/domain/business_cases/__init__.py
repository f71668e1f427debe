"""Business cases: versions of what an initiative costs and gives, line by line and year by year.

Words: business case, version, post, pris- og lønniveau, løfte. The first approved version is the
original promise for ever. Others may import rules, queries, permissions and actions.
"""
