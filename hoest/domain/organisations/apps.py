"""Django app of organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Municipalities, units, people."""

    name = "hoest.domain.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Put one's roles on the page of one's account."""
        from hoest.domain.organisations.web import places, search
        from hoest.domain.organisations.web.panels import own_roles
        from hoest.foundation import panels

        panels.register("me", "roles", own_roles, order=10)
        places.register()
        search.register()
