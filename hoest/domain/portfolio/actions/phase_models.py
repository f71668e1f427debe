"""Writes of phase models: a municipality's own text, taken into use, and chosen by an initiative.

Why versions: an initiative that runs keeps the model it started with, so a version is final the
day it is taken into use, and those that followed the former are bound to it then.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.held import changed, held_initiative
from hoest.domain.portfolio.models import Course, GateDecision, Initiative, PhaseModelVersion
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, KEEP_PHASE_MODELS
from hoest.domain.portfolio.queries import ModelInUse
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class ModelInUseAlready(Fault):
    """The version is in use and final; a new one is written beside it."""


class CourseIsSet(Fault):
    """A decision was made at a gate of the initiative, so it keeps its model."""


class TextTooLong(Fault):
    """The text of a phase model is longer than one can be."""


@transaction.atomic
def write_phase_model(*, actor: Actor, text: str) -> PhaseModelVersion:
    """Write a phase model as a draft; one draft for each code is kept until it is taken.

    Raises NotAllowed, and content.PhaseModelFault with every fault by line.
    """
    require(actor, KEEP_PHASE_MODELS)
    if len(text) > content.limit("phase_model_letters"):
        raise TextTooLong(_("Teksten er for lang til at være en fasemodel."))
    model = content.read_phase_model(text)
    _hold(actor.organisation_id)
    rows = PhaseModelVersion.objects.filter(organisation_id=actor.organisation_id, code=model.code)
    draft = rows.filter(in_use_since__isnull=True).first()
    if draft is not None:
        changed(draft, text=text, written_by_name=actor.name[:160])
    else:
        draft = PhaseModelVersion.objects.create(
            organisation_id=actor.organisation_id,
            code=model.code,
            number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
            text=text,
            written_by_name=actor.name[:160],
        )
    record(actor, "portfolio.write_phase_model", draft, code=draft.code, number=draft.number)
    return draft


@transaction.atomic
def take_phase_model(
    *, actor: Actor, version_id: int, version: int, for_all_new: bool
) -> PhaseModelVersion:
    """Take a draft into use; every initiative that runs keeps the model it follows today.

    Raises NotFound, NotAllowed, ModelInUseAlready, ChangedMeanwhile, content.PhaseModelFault.
    """
    require(actor, KEEP_PHASE_MODELS)
    _hold(actor.organisation_id)
    seen = queries.version_of(actor.organisation_id, version_id)
    draft = PhaseModelVersion.objects.select_for_update().get(pk=seen.pk)
    if draft.in_use_since is not None:
        raise ModelInUseAlready(_("Modellen er i brug og kan ikke rettes. Skriv en ny version."))
    check_version(draft, version, {})
    content.read_phase_model(draft.text)
    now_default = queries.models_in_use(actor.organisation_id)[0].model.code
    turns = for_all_new or draft.code == now_default
    kept = _keep_running(actor.organisation_id) if turns else 0
    changed(draft, in_use_since=now(), taken_by_name=actor.name[:160], is_default=for_all_new)
    record(
        actor,
        "portfolio.take_phase_model",
        draft,
        code=draft.code,
        number=draft.number,
        for_all_new=for_all_new,
        kept=kept,
    )
    return draft


@transaction.atomic
def choose_phase_model(*, actor: Actor, initiative_id: int, code: str) -> Initiative:
    """Let an initiative follow another of the current models, until its first decision.

    Raises NotFound, NotAllowed, CourseIsSet.
    """
    initiative = held_initiative(actor, initiative_id, CHANGE_INITIATIVES)
    if GateDecision.objects.filter(
        organisation_id=actor.organisation_id, initiative=initiative
    ).exists():
        raise CourseIsSet(
            _("Der er truffet en afgørelse ved en port. Initiativet beholder sin fasemodel.")
        )
    used = queries.model_in_use(actor.organisation_id, code)
    follow(initiative, used, "")
    record(actor, "portfolio.choose_phase_model", initiative, code=code, number=used.number)
    return initiative


def follow(initiative: Initiative, used: ModelInUse, phase_code: str) -> Course:
    """Bind an initiative to a version of a model and a phase of it."""
    version = used.version or _kept_copy(initiative.organisation_id, used)
    course, _made = Course.objects.update_or_create(
        organisation_id=initiative.organisation_id,
        initiative=initiative,
        defaults={"model_version": version, "phase_code": phase_code},
    )
    return course


def _keep_running(organisation_id: int) -> int:
    """Bind every initiative without a course to the model it follows today; return how many."""
    used = queries.models_in_use(organisation_id)[0]
    loose = Initiative.objects.filter(organisation_id=organisation_id).exclude(
        pk__in=Course.objects.filter(organisation_id=organisation_id).values("initiative_id")
    )
    ids = list(loose.values_list("pk", flat=True))
    if not ids:
        return 0
    version = used.version or _kept_copy(organisation_id, used)
    Course.objects.bulk_create(
        [
            Course(organisation_id=organisation_id, initiative_id=pk, model_version=version)
            for pk in ids
        ]
    )
    return len(ids)


def _kept_copy(organisation_id: int, used: ModelInUse) -> PhaseModelVersion:
    """Return Høst's own model as a version of the municipality, so that an upgrade leaves it."""
    code = used.model.code
    text = content.phase_model_text(code)
    _hold(organisation_id)
    rows = PhaseModelVersion.objects.filter(organisation_id=organisation_id, code=code)
    same = rows.filter(is_shipped=True, text=text).first()
    if same is not None:
        return same
    return PhaseModelVersion.objects.create(
        organisation_id=organisation_id,
        code=code,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=text,
        is_shipped=True,
        written_by_name="Høst",
        in_use_since=now(),
        taken_by_name="Høst",
    )


def _hold(organisation_id: int) -> None:
    """Let only one transaction at a time number the models of a municipality."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.phase_models'), %s)",
            [organisation_id],
        )
