"""Django app of the portfolio."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Initiatives."""

    name = "hoest.domain.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        """Show initiatives on the pages of units and committees."""
        from hoest.domain.portfolio.web import gates, learning, panels, places, rooms, search
        from hoest.domain.portfolio.web.candidates import panel as candidates_panel
        from hoest.domain.portfolio.web.capacity import facts as capacity_facts
        from hoest.domain.portfolio.web.capacity import panels as capacity_panels
        from hoest.domain.portfolio.web.delivery import beside
        from hoest.domain.portfolio.web.ideas import asks as idea_asks
        from hoest.domain.portfolio.web.ideas import places as idea_places
        from hoest.domain.portfolio.web.similar import offers

        gates.register()
        panels.register()
        capacity_panels.register()
        capacity_facts.register()
        candidates_panel.register()
        places.register()
        rooms.register()
        search.register()
        learning.register()
        offers.register()
        beside.register()
        idea_asks.register()
        idea_places.register()
