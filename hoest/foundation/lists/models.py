"""The saved view: a person's name for a filter of a list; the filter is the address's query."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.tenancy.fields import TenantModel


class SavedView(TenantModel):
    """A named filter of one list, own or shared with everybody in the municipality."""

    person_id = models.BigIntegerField()
    list_name = models.CharField(max_length=60)
    name = models.CharField(_("navn"), max_length=80)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(_("vis for alle i kommunen"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("gemt visning")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person_id", "list_name", "name"], name="view_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
