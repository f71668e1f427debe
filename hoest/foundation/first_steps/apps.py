"""Django app of the first steps."""

from django.apps import AppConfig


class FirstStepsConfig(AppConfig):
    """The first steps of each role."""

    name = "hoest.foundation.first_steps"
    label = "first_steps"

    def ready(self) -> None:
        """Stop here if the content names an act or a role that Høst does not have."""
        from hoest.foundation.first_steps.paths import refuse_unknown

        refuse_unknown()
