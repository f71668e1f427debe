"""Tables of business cases: case, version, line, amount. Approved figures are held final here."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.rules import (
    LONGEST_BASIS,
    LONGEST_INDEX_SOURCE,
    CostType,
    Duration,
    LineKind,
    Measure,
    SteeringArea,
    VersionState,
)
from hoest.foundation.provenance.models import SourcedModel
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel

UNDOING = "coalesce(nullif(current_setting('hoest.undoing_import', true), ''), '0')::bigint"


@pghistory.track()
class BusinessCase(VersionedModel):
    """The business case of one initiative: a row of versions."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")

    class Meta:
        verbose_name = _("business case")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="one_case_per_initiative"
            )
        ]
        # Moved to another initiative, a promise would be another one.
        triggers = [pgtrigger.ReadOnly(name="case_stays_with_initiative", fields=["initiative"])]

    def __str__(self) -> str:
        return f"Business case {self.pk}"


@pghistory.track()
class CaseVersion(SourcedModel):
    """One version: draft, approved or superseded. All its amounts share one price level."""

    case = TenantForeignKey(BusinessCase, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        _("tilstand"),
        max_length=12,
        choices=[(s.value, s.value) for s in VersionState],
        default=VersionState.DRAFT,
    )
    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"))
    horizon_year = models.PositiveSmallIntegerField(_("regnes til og med"), null=True, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=400, blank=True)
    created_by_name = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()
    submitted_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    submitted_by_name = models.CharField(_("indsendt af"), max_length=160, blank=True)
    submitted_at = models.DateTimeField(_("indsendt"), null=True, blank=True)
    returned_by_name = models.CharField(max_length=160, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.CharField(_("sendt retur, fordi"), max_length=400, blank=True)
    approved_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    approved_by_name = models.CharField(_("godkendt af"), max_length=200, blank=True)
    approved_on = models.DateField(_("godkendt"), null=True, blank=True)
    import_id = models.BigIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "number"], name="version_number_once"
            ),
            # The promise has number 1; nothing comes before it.
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="versions_count_from_one"
            ),
            models.UniqueConstraint(
                fields=["organisation", "case"],
                # A version from a file passes through draft within its own transaction.
                condition=models.Q(state__in=["draft", "submitted"], import_id__isnull=True),
                name="one_draft_per_case",
            ),
            models.UniqueConstraint(
                fields=["organisation", "case"],
                condition=models.Q(state="approved"),
                name="one_approved_per_case",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted"])
                | ~models.Q(approved_by_name=""),
                name="approved_version_names_its_approver",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted")
                | (models.Q(submitted_at__isnull=False) & ~models.Q(submitted_by_name="")),
                name="submitted_version_names_its_sender",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="begins_as_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state <> 'draft'"),
                func="raise exception 'a business-case version begins as a draft';",
            ),
            pgtrigger.Trigger(
                name="approved_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
                func=f"""
                  if tg_op = 'DELETE' and old.import_id = {UNDOING} then return old; end if;
                  if old.state = 'submitted' and tg_op = 'UPDATE'
                     and new.state in ('draft', 'submitted', 'approved')
                     and new.price_level = old.price_level and new.case_id = old.case_id
                     and new.horizon_year is not distinct from old.horizon_year
                     and new.organisation_id = old.organisation_id
                  then return new; end if;
                  if tg_op = 'UPDATE' and (
                       (old.state = 'approved' and new.state = 'superseded')
                       or (old.state = 'superseded' and new.state = 'approved' and {UNDOING} > 0))
                     and (to_jsonb(new) - 'state' - 'version') =
                         (to_jsonb(old) - 'state' - 'version')
                  then return new; end if;
                  raise exception 'a submitted or approved business-case version is final';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


_LINE_IS_FINAL = f"""
  if tg_op = 'UPDATE' and new.{{parent}} <> old.{{parent}} then
    raise exception 'figures stay in their business-case version';
  end if;
  select v.id, v.state, v.import_id into parent_id, parent_state, parent_import
    from business_cases_caseversion v where v.id = {{version}};
  if tg_op <> 'DELETE' and parent_id <> new.case_version_id then
    raise exception 'an amount names the version of its line';
  end if;
  if parent_state is null or parent_state = 'draft' then
    if tg_op = 'DELETE' then return old; end if; return new;
  end if;
  if tg_op = 'DELETE' and parent_import = {UNDOING} then return old; end if;
  raise exception 'the lines of a submitted or approved business-case version are final';
"""  # noqa: S608 - a constant of this file
_ROWS = "case when tg_op = 'INSERT' then new.{0} else old.{0} end"


def follows_version(
    name: str, parent: str = "case_version_id", version: str = "{}"
) -> pgtrigger.Trigger:
    """Return the trigger that lets rows change only while their version is a draft.

    `parent` is the column they hang on; `version` says in SQL how it leads to the version.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[
            ("parent_id", "bigint"),
            ("parent_state", "text"),
            ("parent_import", "bigint"),
        ],
        func=_LINE_IS_FINAL.format(parent=parent, version=version.format(_ROWS.format(parent))),
    )


class CaseLine(SourcedModel):
    """A line of a version, such as an investment or a benefit, in kroner or in hours."""

    case_version = TenantForeignKey(CaseVersion, related_name="lines", on_delete=models.CASCADE)
    key = models.CharField(_("post"), max_length=200)
    kind = models.CharField(_("art"), max_length=12, choices=[(k.value, k.value) for k in LineKind])
    measure = models.CharField(
        max_length=8, choices=[(m.value, m.value) for m in Measure], default=Measure.DKK
    )
    steering_area = models.CharField(
        _("styringsområde"),
        max_length=10,
        blank=True,
        choices=[(a.value, a.value) for a in SteeringArea],
    )
    duration = models.CharField(
        _("varighed"),
        max_length=10,
        choices=[(d.value, d.value) for d in Duration],
        default=Duration.ONE_OFF,
    )
    low_share = models.DecimalField(max_digits=13, decimal_places=10, null=True, blank=True)
    high_share = models.DecimalField(max_digits=13, decimal_places=10, null=True, blank=True)
    basis = models.CharField(_("bygger på"), max_length=LONGEST_BASIS, blank=True)
    life_years = models.PositiveSmallIntegerField(_("afskrives over"), null=True, blank=True)
    cost_type = models.CharField(
        _("udgiftstype"),
        max_length=16,
        blank=True,
        choices=[(c.value, c.value) for c in CostType],
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("post")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "key", "kind", "measure"],
                name="line_key_once",
            )
        ]
        triggers = [follows_version("line_of_approved_is_final")]

    def __str__(self) -> str:
        return self.key


class LineAmount(TenantModel):
    """The amount of a line in one year; positive, the line's kind gives the direction."""

    line = TenantForeignKey(CaseLine, related_name="amounts", on_delete=models.CASCADE)
    case_version = TenantForeignKey(CaseVersion, related_name="+", on_delete=models.CASCADE)
    year = models.PositiveSmallIntegerField(_("år"))
    amount = models.DecimalField(_("beløb"), max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "line", "year"], name="amount_once_per_year"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="amount_is_not_negative"
            ),
        ]
        triggers = [
            follows_version(
                "amount_of_approved_is_final",
                "line_id",
                "(select l.case_version_id from business_cases_caseline l where l.id = {})",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"


@pghistory.track()
class PriceIndexYear(VersionedModel):
    """A year of the municipality's own price index: the change from the year before, with source.

    No numbers come with Høst; what an earlier conversion used stands in the history.
    """

    year = models.PositiveSmallIntegerField(_("år"))
    change_share = models.DecimalField(_("ændring fra året før"), max_digits=9, decimal_places=6)
    source_text = models.CharField(_("kilde"), max_length=LONGEST_INDEX_SOURCE)
    recorded_by_name = models.CharField(_("skrevet af"), max_length=160)
    recorded_at = models.DateTimeField(_("skrevet"))

    class Meta:
        verbose_name = _("år i prisindekset")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="index_year_once"),
            models.CheckConstraint(
                condition=models.Q(change_share__gt=-1), name="index_stays_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(source_text=""), name="index_year_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.change_share}"
