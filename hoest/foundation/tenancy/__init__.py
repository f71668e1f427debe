"""Tenancy: several municipalities in one database, kept apart by the database itself.

A tenant (organisation) is bound at every BEGIN by our database backend; each owned table has a
row-level-security policy that raises when none is bound. Use `acting_for` around any work and
`TenantModel` / `TenantForeignKey` for any owned table. Background: docs/explanation/lejere.md.
"""
