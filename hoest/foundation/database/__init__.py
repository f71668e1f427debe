"""The database underneath: one command gives a real PostgreSQL, one variable another's server.

What: the data folder, PostgreSQL's binaries, our supervisor, sharing between commands, roles,
addresses, backup and restore. Why: a municipality must be able to try Høst on a bare machine and
later move to its own server without another line of code. No Django here.
Words: the *data folder* holds everything that must survive; its *place* is where PostgreSQL may
reach; the *keeper* is the process that owns PostgreSQL while anybody uses it.
Others may import: `sharing.running`, `roles.ensure`, `connection.django_settings`,
`connection.database_url`, `credentials.secret_key`, `folder.open_folder`, `backup`.
Source: docs/decisions/0002-embedded-postgresql.md.
"""
