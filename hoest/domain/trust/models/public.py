"""What everybody may read without signing in: the municipality's open page and its sheets.

Everything in these two tables is public from the moment it stands here; nothing else can be read
through the public door (foundation/tenancy/public_door.py). No column can hold a person.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.models.sheet import SheetVersion
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class PublicPage(TenantModel):
    """The decision to have an open page; the row is gone when the municipality closes it."""

    slug = models.SlugField(_("adresse"), max_length=80)
    name = models.CharField(_("kommune"), max_length=120)
    contact = models.CharField(_("spørg her"), max_length=160, blank=True)
    mailbox = models.EmailField(_("fælles postkasse"), blank=True)
    opened_on = models.DateField(_("åbnet"))

    class Meta:
        verbose_name = _("åben side")
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_public_page"),
        ]

    def __str__(self) -> str:
        return self.slug


_IS_APPROVED = """
  perform 1 from trust_sheetversion v
   where v.id = new.version_id and v.organisation_id = new.organisation_id
     and v.state = 'approved' and v.title = new.title and v.unit_name = new.unit_name
     and v.number = new.version_number
     and (select coalesce(jsonb_agg(jsonb_build_array(s->'section', s->'da', s->'en') order by n),
                          '[]')
            from jsonb_array_elements(v.statements) with ordinality as t(s, n))
       = (select coalesce(jsonb_agg(jsonb_build_array(s->'section', s->'da', s->'en') order by n),
                          '[]')
            from jsonb_array_elements(new.statements) with ordinality as t(s, n))
     and not jsonb_path_exists(new.statements, '$[*].facts');
  if not found then
    raise exception 'only what an approved sheet says may be public';
  end if;
  return new;
"""


class PublicSheet(TenantModel):
    """The text of one approved sheet, without who wrote, approved or registered anything."""

    version = TenantForeignKey(SheetVersion, related_name="+")
    number = models.PositiveIntegerField(_("nummer på siden"))
    version_number = models.PositiveSmallIntegerField(_("udgave"))
    title = models.CharField(_("titel"), max_length=200)
    unit_name = models.CharField(_("enhed"), max_length=160)
    statements = models.JSONField()
    approved_on = models.DateField(_("godkendt"))

    class Meta:
        verbose_name = _("offentligt tryghedsblad")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="public_number_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="public_sheet_is_not_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="public_sheet_is_an_approved_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_IS_APPROVED,
            ),
        ]

    def __str__(self) -> str:
        return self.title
