"""Portfolio: initiatives with purpose, phase, place in the municipality and people.

Words: initiativ, formålstype, fase, sponsor, initiativleder, ibrugtagning. Later needs, ideas,
gates, rollouts and capacity. Others may import rules, queries, permissions and actions.
"""
