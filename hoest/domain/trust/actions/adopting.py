"""Taking rows of the register as they are, a page at a time, and noting what each one changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When

from hoest.domain.trust.models import (
    Contract,
    ContractSystem,
    Processing,
    ProcessingSystem,
    Supplier,
    SyncChange,
    SyncRun,
    System,
)
from hoest.domain.trust.rules.kitos import Party, RowFault, Taken
from hoest.domain.trust.rules.register import Kind, What
from hoest.foundation.clock import today

MODELS: dict[Kind, Any] = {
    Kind.SYSTEM: System,
    Kind.CONTRACT: Contract,
    Kind.PROCESSING: Processing,
}
LINKS: dict[Kind, Any] = {Kind.CONTRACT: ContractSystem, Kind.PROCESSING: ProcessingSystem}


@dataclass
class Page:
    """The rows of one kind that are taken together, in the transaction of the caller."""

    run: SyncRun
    kind: Kind
    at: dt.datetime
    changes: list[SyncChange] = field(default_factory=list)

    @property
    def organisation_id(self) -> int:
        return self.run.organisation_id

    @property
    def rows(self) -> Any:
        """The rows of this kind that come from where the run reads."""
        return MODELS[self.kind].objects.filter(
            organisation_id=self.organisation_id, origin=self.run.origin
        )

    def take(self, found: Iterable[Taken | RowFault]) -> None:
        """Take the rows: make, change or leave each; a faulty one is only noted."""
        taken: dict[str, Taken] = {}
        for one in found:
            if isinstance(one, RowFault):
                self.note(What.FAULTY, None, one.name, {"lacks": one.lacks})
            else:
                taken[one.external_id] = one
        if taken:
            self._take(taken)
        self._save_changes()

    def _take(self, taken: dict[str, Taken]) -> None:
        parties = suppliers_for(
            self.organisation_id, self.run.origin, [one.party for one in taken.values()], self.at
        )
        standing = {row.external_id: row for row in self.rows.filter(external_id__in=taken)}
        made, changed = [], []
        fields: set[str] = set()
        for key, one in taken.items():
            values = dict(one.values)
            if one.party is not None or self.kind is Kind.CONTRACT:
                values["supplier_id"] = parties[one.party.external_id] if one.party else None
            row = standing.get(key)
            if row is None:
                made.append(self._made(key, values))
            elif differing := {k: v for k, v in values.items() if getattr(row, k) != v}:
                before = {name: getattr(row, name) for name in differing}
                for name, value in differing.items():
                    setattr(row, name, value)
                fields |= set(differing)
                changed.append((row, before))
        self._save(made, changed, standing, fields)
        if self.kind in LINKS:
            self._link(taken, {**standing, **{row.external_id: row for row in made}})

    def _made(self, key: str, values: dict[str, Any]) -> Any:
        return MODELS[self.kind](
            organisation_id=self.organisation_id,
            origin=self.run.origin,
            external_id=key,
            read_at=self.at,
            **values,
        )

    def _save(
        self,
        made: Sequence[Any],
        changed: Sequence[tuple[Any, dict[str, Any]]],
        standing: dict[str, Any],
        fields: set[str],
    ) -> None:
        MODELS[self.kind].objects.bulk_create(made, batch_size=250)
        for row in made:
            self.note(What.NEW, row.pk, row.name)
        if changed:
            MODELS[self.kind].objects.bulk_update(
                [row for row, _before in changed], sorted(fields), batch_size=250
            )
        for row, before in changed:
            shown = {
                name.removesuffix("_id"): [plain(value), plain(getattr(row, name))]
                for name, value in before.items()
                if name not in ("supplier_id", "main_contract_id")
            }
            if shown:
                self.note(What.CHANGED, row.pk, row.name, shown)
        back = [row for row in standing.values() if row.gone_on is not None]
        for row in back:
            self.note(What.BACK, row.pk, row.name)
        ids = [row.pk for row in standing.values()]
        MODELS[self.kind].objects.filter(organisation_id=self.organisation_id, pk__in=ids).update(
            read_at=self.at, gone_on=None
        )

    def _link(self, taken: dict[str, Taken], rows: dict[str, Any]) -> None:
        """Let contracts and processings be about the systems they name, and no others."""
        model, owner = LINKS[self.kind], f"{self.kind.value}_id"
        wanted_ids = {key for one in taken.values() for key in one.systems}
        systems = dict(
            System.objects.filter(
                organisation_id=self.organisation_id,
                origin=self.run.origin,
                external_id__in=wanted_ids,
            ).values_list("external_id", "pk")
        )
        wanted = {
            (rows[key].pk, systems[system])
            for key, one in taken.items()
            for system in one.systems
            if system in systems
        }
        where = {
            "organisation_id": self.organisation_id,
            f"{owner}__in": [r.pk for r in rows.values()],
        }
        links = {
            (getattr(link, owner), link.system_id): link.pk
            for link in model.objects.filter(**where)
        }
        model.objects.filter(
            organisation_id=self.organisation_id,
            pk__in=[pk for pair, pk in links.items() if pair not in wanted],
        ).delete()
        model.objects.bulk_create(
            model(organisation_id=self.organisation_id, **{owner: pk, "system_id": system})
            for pk, system in sorted(wanted - set(links))
        )

    def leave(self, rows: Iterable[Any]) -> None:
        """Note that rows are gone from the register; they stay here with the day."""
        gone = [row for row in rows if row.gone_on is None]
        for row in gone:
            self.note(What.GONE, row.pk, row.name)
        MODELS[self.kind].objects.filter(
            organisation_id=self.organisation_id, pk__in=[row.pk for row in gone]
        ).update(gone_on=today())
        self._save_changes()

    def note(
        self, what: What, row_id: int | None, name: str, fields: dict[str, Any] | None = None
    ) -> None:
        """Remember what happened to a row."""
        self.changes.append(
            SyncChange(
                organisation_id=self.organisation_id,
                run=self.run,
                kind=self.kind,
                what=what,
                row_id=row_id,
                name=name[:300],
                fields=fields or {},
            )
        )

    def _save_changes(self) -> None:
        """Write what changed, and count it on the run; the caller saves the run."""
        SyncChange.objects.bulk_create(self.changes, batch_size=500)
        counts = self.run.counts.setdefault(self.kind.value, {})
        for change in self.changes:
            counts[change.what] = counts.get(change.what, 0) + 1
        self.changes = []


def suppliers_for(
    organisation_id: int, origin: str, parties: Iterable[Party | None], at: dt.datetime
) -> dict[str, int]:
    """Return the suppliers of some companies by their ids; new ones are made, names follow."""
    wanted = {party.external_id: party for party in parties if party is not None}
    rows = Supplier.objects.filter(organisation_id=organisation_id, origin=origin)
    standing = {row.external_id: row for row in rows.filter(external_id__in=wanted)}
    made = Supplier.objects.bulk_create(
        Supplier(
            organisation_id=organisation_id,
            origin=origin,
            external_id=key,
            name=party.name,
            cvr=party.cvr,
            read_at=at,
        )
        for key, party in wanted.items()
        if key not in standing
    )
    renamed = []
    for key, row in standing.items():
        if (row.name, row.cvr) != (wanted[key].name, wanted[key].cvr):
            row.name, row.cvr = wanted[key].name, wanted[key].cvr
            renamed.append(row)
    if renamed:
        Supplier.objects.bulk_update(renamed, ["name", "cvr"])
    return {row.external_id: row.pk for row in (*standing.values(), *made)}


def settle_suppliers(organisation_id: int, origin: str) -> None:
    """Let each system have the supplier of its main contract, else of the one that runs longest.

    KITOS' usages name no supplier; their contracts do. One statement.
    """
    best = (
        ContractSystem.objects.filter(
            organisation_id=organisation_id,
            system=OuterRef("pk"),
            contract__gone_on__isnull=True,
            contract__supplier__isnull=False,
        )
        .annotate(
            is_main=Case(
                When(contract__external_id=OuterRef("main_contract_id"), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .order_by("-is_main", "-contract__leaves_on", "pk")
        .values("contract__supplier_id")[:1]
    )
    System.objects.filter(organisation_id=organisation_id, origin=origin).update(
        supplier=Subquery(best)
    )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
