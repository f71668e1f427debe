"""Figures kept beside each benefit, so that a large municipality's account is one sum away.

Everything here is derived: `FiguresRow`, `YearAmount`, `KeptCase` and `KeptEvidence` say what the
benefit's own rows say, as the rules of the account read them. The database marks a benefit in
`StaleBenefit` in the same transaction as anything it is derived from changes; a reader leaves the
marked ones out and reads them afresh, and the worker writes them anew. `FiguresRecord` is what
stood at the end of a day, and is never changed. Why and how: docs/decisions/0013-kept-figures.md.

The ids are plain numbers and no keys: a benefit that an undone import takes away takes nothing
with it here, and the worker clears up.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models

from hoest.foundation.tenancy.fields import TenantModel

AMOUNT: dict[str, Any] = {"max_digits": 24, "decimal_places": 6}


class StaleBenefit(TenantModel):
    """A benefit whose kept figures may be wrong; written by the database's own triggers.

    One row for every change, so that nobody waits for another one's transaction.
    """

    benefit_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "benefit_id"])]


class FiguresRow(TenantModel):
    """What one benefit adds to the account, with where it belongs; true until `valid_until`.

    `digest` is of all the account says of it (`rules.kept`), and tells whether it has changed.
    """

    benefit_id = models.BigIntegerField()
    initiative_id = models.BigIntegerField()
    benefit_type = models.CharField(max_length=20)
    rung = models.CharField(max_length=12)
    noted_rung = models.CharField(max_length=12, blank=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    body_id = models.BigIntegerField(null=True)
    body_name = models.CharField(max_length=200, blank=True)
    purpose_type = models.CharField(max_length=20, blank=True)
    price_level = models.PositiveSmallIntegerField(null=True)
    counts_kroner = models.BooleanField()
    is_odd = models.BooleanField()
    dkk = models.DecimalField(**AMOUNT)
    low_dkk = models.DecimalField(**AMOUNT)
    high_dkk = models.DecimalField(**AMOUNT)
    once_dkk = models.DecimalField(**AMOUNT)
    hours = models.DecimalField(**AMOUNT)
    promised_dkk = models.DecimalField(**AMOUNT)
    source_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=32)
    recorded_digest = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=16)
    valid_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "benefit_id"], name="figures_once")
        ]
        indexes = [
            models.Index(fields=["organisation", "valid_until"]),
            models.Index(fields=["organisation", "benefit_type"]),
        ]


class YearAmount(TenantModel):
    """What one benefit adds to a year of the account: the `YearKey` of `rules.sums`."""

    benefit_id = models.BigIntegerField()
    benefit_type = models.CharField(max_length=20)
    part = models.CharField(max_length=16)
    in_hours = models.BooleanField()
    is_step = models.BooleanField()
    price_level = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(**AMOUNT)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "benefit_id"]),
            # Every account of a type is read from this index alone.
            models.Index(
                fields=[
                    "organisation",
                    "benefit_type",
                    "part",
                    "in_hours",
                    "is_step",
                    "price_level",
                    "year",
                ],
                include=["amount"],
                name="year_amounts_of_type",
            ),
        ]


class KeptCase(TenantModel):
    """How one benefit stands to its promise in one measure: a case of the track record."""

    benefit_id = models.BigIntegerField()
    measure = models.CharField(max_length=6)
    state = models.CharField(max_length=12)
    share = models.FloatField(null=True)
    months_late = models.SmallIntegerField(null=True)
    in_range = models.BooleanField(null=True)
    is_not_reached = models.BooleanField()
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    owner_unit_id = models.BigIntegerField(null=True)
    owner_unit_name = models.CharField(max_length=200, blank=True)
    owner_id = models.BigIntegerField(null=True)
    author_unit_id = models.BigIntegerField(null=True)
    author_unit_name = models.CharField(max_length=200, blank=True)
    author_id = models.BigIntegerField(null=True)
    benefit_type = models.CharField(max_length=20)
    initiative_type = models.CharField(max_length=24, blank=True)
    purpose_type = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit_id", "measure"], name="kept_case_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "measure", "state"])]


class KeptEvidence(TenantModel):
    """What is known of one benefit beside its initiative's status: `rules.kept`.

    Apart from the figures, so that the account's sums read narrow rows; as old as its row there.
    """

    benefit_id = models.BigIntegerField()
    evidence = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "benefit_id"], name="evidence_once")
        ]


class KeptStanding(TenantModel):
    """How one active initiative stands: its status, and whether the facts say something else.

    True on `made_on` for what was seen then: the initiative as it was changed last, and the last
    word of its lead. A reader makes it afresh when one of these, or a benefit of it, is another.
    """

    initiative_id = models.BigIntegerField()
    status = models.CharField(max_length=16)
    is_disputed = models.BooleanField()
    made_on = models.DateField()
    seen_changed_at = models.DateTimeField()
    seen_word_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "initiative_id"], name="standing_once")
        ]


class FiguresRecord(TenantModel):
    """What the account said of one benefit at the end of a day, for ever.

    One row each time it had changed. A benefit that was gone by then has a row without figures.
    """

    benefit_id = models.BigIntegerField()
    on = models.DateField()
    taken_at = models.DateTimeField()
    figures = models.JSONField(null=True)
    digest = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit_id", "on"], name="recorded_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["organisation", "on"])]
        triggers = [
            pgtrigger.Protect(name="record_is_final", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
