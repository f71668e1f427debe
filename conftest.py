"""The ground of every test: real PostgreSQL, the runtime role, two municipalities always there."""

pytest_plugins = ["tests.support.database", "tests.support.people", "tests.support.browser"]
