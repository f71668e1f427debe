"""The ground of every test: real PostgreSQL, the runtime role, two municipalities always there."""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.support.database",
    "tests.support.people",
    "tests.support.browser",
    "tests.support.line",
    "tests.support.published",
]

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
