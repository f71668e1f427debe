"""The reassurance sheet: what people told for it, its versions, and where it stands.

What is approved cannot be changed here by anybody, and a version without a fact behind every
sentence cannot be written at all: the database refuses both.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.sheets import SheetFactCode, SheetState, VersionState
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel


class SheetFact(TenantModel):
    """What a person told for a sheet; it stays, and the last one of a code holds.

    `values` is a list: the chosen codes, or one text. An empty list takes it back.
    """

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    code = models.CharField(
        _("oplysning"), max_length=24, choices=[(c.value, c.value) for c in SheetFactCode]
    )
    values = models.JSONField(default=list)
    said_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    said_by_name = models.CharField(max_length=160)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("oplysning til tryghedsbladet")
        ordering = ["said_at", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "initiative", "code", "-said_at"], name="sheet_fact_last"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="sheet_fact_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.code


_WAITS = models.Q(state=VersionState.WAITING)
_BACKED = """
  if new.state <> 'waiting' or new.decided_by_name <> '' then
    raise exception 'a version of a sheet begins by waiting';
  end if;
  if jsonb_typeof(new.statements) <> 'array' or jsonb_path_exists(
       new.statements, '$[*] ? (@.template != "" && @.facts.size() == 0)')
     or jsonb_path_exists(new.statements,
       '$[*] ? (@.template == "" && @.da != "Det er ikke oplyst endnu.")')
     or jsonb_path_exists(new.statements, '$[*] ? (!exists(@.template) || !exists(@.facts))')
  then
    raise exception 'a sheet says nothing that no fact gives';
  end if;
  return new;
"""
_MAY_DECIDE = "array['state', 'decided_by_id', 'decided_by_name', 'decided_at', 'decision_note']"
_FINAL = f"""
  if old.state <> 'waiting'
     or (to_jsonb(new) - {_MAY_DECIDE}) <> (to_jsonb(old) - {_MAY_DECIDE})
  then
    raise exception 'a version of a sheet that was decided is final';
  end if;
  return new;
"""


class SheetVersion(TenantModel):
    """What a sheet said when somebody laid it forward, sentence by sentence with its facts."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    number = models.PositiveSmallIntegerField(_("nummer"))
    state = models.CharField(
        _("status"),
        max_length=12,
        choices=[(s.value, s.value) for s in VersionState],
        default=VersionState.WAITING,
    )
    title = models.CharField(_("titel"), max_length=200)
    unit_name = models.CharField(_("enhed"), max_length=160)
    statements = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    lix = models.PositiveSmallIntegerField(_("læsbarhed (LIX)"))
    written_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    written_by_name = models.CharField(_("lagt frem af"), max_length=160)
    written_at = models.DateTimeField(_("lagt frem"))
    decided_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    decided_by_name = models.CharField(_("afgjort af"), max_length=160, blank=True)
    decided_at = models.DateTimeField(_("afgjort"), null=True, blank=True)
    decision_note = models.CharField(_("bemærkning"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("tryghedsblad")
        ordering = ["initiative_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "number"], name="sheet_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "initiative"], condition=_WAITS, name="one_sheet_waits"
            ),
            models.CheckConstraint(
                condition=_WAITS
                | models.Q(state=VersionState.DROPPED)
                | (models.Q(decided_at__isnull=False) & ~models.Q(decided_by_name="")),
                name="decided_sheet_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VersionState.APPROVED)
                | models.Q(written_by__isnull=True)
                | models.Q(decided_by__isnull=True)
                | ~models.Q(written_by=models.F("decided_by")),
                name="sheet_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VersionState.RETURNED) | ~models.Q(decision_note=""),
                name="returned_sheet_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sheet_version_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="sheet_is_made_of_facts",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BACKED,
            ),
            pgtrigger.Trigger(
                name="decided_sheet_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_FINAL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Sheet(TenantModel):
    """Where the sheet of an initiative stands; made by the first thing told, kept by the acts."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    state = models.CharField(
        _("status"), max_length=12, choices=[(s.value, s.value) for s in SheetState]
    )
    standing = TenantForeignKey(SheetVersion, null=True, blank=True, related_name="+")
    waiting = TenantForeignKey(SheetVersion, null=True, blank=True, related_name="+")
    missing = models.PositiveSmallIntegerField(_("mangler"), default=0)
    has_personal_data = models.BooleanField(_("personoplysninger"), null=True)
    changed_at = Moment(auto_now=True)

    class Meta:
        verbose_name = _("tryghedsblad")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="one_sheet_an_initiative"
            )
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="sheet_state")]

    def __str__(self) -> str:
        return self.state
