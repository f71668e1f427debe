"""Organisations: municipalities (tenants), their units, committees and boards, people and roles.

Words: kommune, forvaltning, afdeling, team, udvalg, person, rolle. Others may import rules,
queries, permissions and actions; the models stay home.
"""
