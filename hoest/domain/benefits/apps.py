"""Django app of benefits."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Benefits and the ladder."""

    name = "hoest.domain.benefits"
    label = "benefits"

    def ready(self) -> None:
        """Follow initiatives: what happens to them moves their benefits on the ladder."""
        from hoest.domain.benefits.actions import note_benefits_of_initiative
        from hoest.domain.benefits.queries import told_to_case
        from hoest.domain.benefits.queries.touching import units_of_benefits
        from hoest.domain.benefits.web import (
            benefit_map,
            case_panel,
            example,
            gate_evidence,
            lessons,
            milestones,
            on_paper,
            panels,
            places,
            search,
            small_forms,
        )
        from hoest.domain.business_cases.queries import tell_of_benefits
        from hoest.domain.portfolio.queries.crossing import register_touch
        from hoest.domain.portfolio.rules.crossing import Touch
        from hoest.foundation import followers

        followers.follow("initiative", note_benefits_of_initiative)
        tell_of_benefits(told_to_case)
        register_touch(Touch.BENEFIT, units_of_benefits)
        benefit_map.register()
        milestones.register()
        gate_evidence.register()
        panels.register()
        on_paper.register()
        case_panel.register()
        places.register()
        small_forms.register()
        search.register()
        lessons.register()
        example.register()
