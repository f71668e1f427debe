"""The demo: a fictional municipality and eleven smaller neighbours, told in content/demo.

What: reads the story of each municipality (YAML), turns it into dated events and lets them happen
in order with the ordinary actions while the clock stands at their day, so that log, standings and
versions are as if they had been made by people. Why: a newcomer learns the ladder from a portfolio
that lives. The same day and seed give the same rows. Source: docs/decisions/0008-demo.md.
"""
