"""The benefit map of an initiative: nodes, arrows, and the steps that can be undone.

A node that is a benefit has no title of its own: it is the benefit's. Nor has the purpose that
follows the initiative's own sentence. So nothing is typed twice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.benefit_map import NodeKind
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


class BenefitMap(VersionedModel):
    """The one map of an initiative. Its version grows with every act on it."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")

    class Meta:
        verbose_name = _("gevinstdiagram")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="one_map_of_an_initiative"
            )
        ]

    def __str__(self) -> str:
        return str(_("Gevinstdiagram"))


class MapNode(VersionedModel):
    """One node: a deliverable, a changed behaviour, a benefit … `place` is its place in lists."""

    benefit_map = TenantForeignKey(BenefitMap, related_name="nodes", on_delete=models.CASCADE)
    kind = models.CharField(
        _("slags"), max_length=16, choices=[(kind.value, kind.value) for kind in NodeKind]
    )
    title = models.CharField(_("titel"), max_length=200, blank=True)
    benefit = TenantForeignKey(Benefit, null=True, blank=True, related_name="+")
    owner = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("ejer")
    )
    place = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("led i et gevinstdiagram")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit_map", "benefit"],
                condition=Q(benefit__isnull=False),
                name="benefit_once_on_a_map",
            ),
            models.UniqueConstraint(
                fields=["organisation", "benefit_map"],
                condition=Q(title="", benefit__isnull=True),
                name="one_purpose_follows_the_initiative",
            ),
            models.CheckConstraint(
                condition=~Q(kind=NodeKind.BENEFIT) | Q(benefit__isnull=False),
                name="benefit_node_is_a_benefit",
            ),
            models.CheckConstraint(
                condition=Q(benefit__isnull=True)
                | Q(title="", owner__isnull=True, kind__in=("benefit", "disbenefit")),
                name="benefit_node_has_the_benefits_words",
            ),
            models.CheckConstraint(
                condition=~Q(title="") | Q(benefit__isnull=False) | Q(kind=NodeKind.PURPOSE),
                name="map_node_has_a_title",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "benefit_map"])]

    def __str__(self) -> str:
        return self.title or (self.benefit.title if self.benefit else str(_("Formålet")))


class MapArrow(TenantModel):
    """One arrow: what stands at `source` leads to what stands at `target`."""

    benefit_map = TenantForeignKey(BenefitMap, related_name="arrows", on_delete=models.CASCADE)
    source = TenantForeignKey(MapNode, related_name="+", on_delete=models.CASCADE)
    target = TenantForeignKey(MapNode, related_name="+", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("pil i et gevinstdiagram")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source", "target"], name="arrow_once"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="arrow_goes_somewhere_else"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "benefit_map"])]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class MapStep(TenantModel):
    """One act on a map and what takes it back. `inverse` is written and read by the actions."""

    benefit_map = TenantForeignKey(BenefitMap, related_name="steps", on_delete=models.CASCADE)
    person = TenantForeignKey("organisations.Person", null=True, related_name="+")
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    inverse = models.JSONField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("skridt i et gevinstdiagram")
        ordering = ["id"]
        indexes = [models.Index(fields=["organisation", "benefit_map", "person"])]

    def __str__(self) -> str:
        return self.verb
