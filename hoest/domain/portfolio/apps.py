"""Django app of the portfolio."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Initiatives."""

    name = "hoest.domain.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        """Show initiatives on the pages of units and committees."""
        from hoest.domain.portfolio.web import panels, places, rooms, search
        from hoest.domain.portfolio.web.similar import offers

        panels.register()
        places.register()
        rooms.register()
        search.register()
        offers.register()
