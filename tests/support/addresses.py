"""Every address of Høst, as Django's resolver has it, and what to put into it.

Why: the tests of access, of accessibility and the screenshots go through all pages there are. A
new page is in all three from the day it has an address; a new parameter without an entry in
`FIND` fails at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# `<int:pk>` of a path and `(?P<key>.+)` of an expression.
PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A named address: `benefits:measure`, its parameters, its view and who reaches it."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def access(self) -> str:
        """Who reaches it: `everybody`, `signed-in` or `municipality`."""
        from hoest.foundation.access.middleware import access_of

        return access_of(self.view)

    def path(self, organisation_id: int) -> str:
        """Return the address with what a municipality has for its parameters.

        The municipality must be bound (`acting_for`).
        """
        kwargs = {
            one: value_of(self.name, self.route, one, organisation_id) for one in self.parameters
        }
        return reverse(self.name, kwargs=kwargs or None)


def all_addresses() -> list[Address]:
    """List every address of the site, in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def address(name: str) -> Address:
    """Return the address with a name."""
    return next(one for one in all_addresses() if one.name == name)


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
            continue
        regex = pattern.pattern.regex
        parameters = tuple(regex.groupindex)
        yield Address(f"{namespace}{pattern.name}", here, parameters, pattern.callback)


def _first(model: str, **conditions: Any) -> Callable[[int], Any]:
    """Return a finder of the first row of a model (by id) in a municipality.

    `app.Model.field` finds what that field of the row points at.
    """

    def find(organisation_id: int) -> Any:
        from django.apps import apps

        app, name, *field = model.split(".")
        rows = apps.get_model(app, name).objects.filter(
            organisation_id=organisation_id, **conditions
        )
        found = rows.order_by("pk").values_list(*(field or ["pk"]), flat=True).first()
        assert found is not None, f"The test world has no {model} {conditions or ''}"
        return found

    return find


# What stands for a parameter: under the route up to and with the parameter, or, where an address
# needs a row in another state than its neighbours, under its own name.
FIND: dict[str, Callable[[int], Any]] = {
    "min-uge/<need>": lambda _: "harvest_waiting",
    "min-uge/<need>/<subject_id>": _first("benefits.Benefit", title__startswith="Lavere indkøb"),
    "min-uge/sendt/<passed_id>": _first("reporting.PassedOn"),
    "portefoelje/udrulning/<rollout_id>": _first("portfolio.Rollout"),
    "portfolio:remove_rollout rollout_id": _first("portfolio.Rollout", live_on__isnull=True),
    "portefoelje/udrulninger/<rollout_id>": _first("portfolio.Rollout"),
    "portefoelje/udrulninger/<initiative_id>": _first("portfolio.Rollout.initiative"),
    "portefoelje/udrulninger/etape/<stage_id>": _first("portfolio.Stage", opened_on__isnull=False),
    "delivery:remove_stage stage_id": _first("portfolio.Stage", opened_on__isnull=True),
    "delivery:open_stage stage_id": _first("portfolio.Stage", opened_on__isnull=True),
    "portefoelje/afhaengigheder/initiativ/<initiative_id>": _first(
        "portfolio.Dependency.initiative"
    ),
    "portefoelje/afhaengigheder/<dependency_id>": _first("portfolio.Dependency", scope="external"),
    "portefoelje/afhaengigheder/paavirkning/<influence_id>": _first("portfolio.Influence"),
    "portefoelje/paa-tvaers/<initiative_id>": _first("portfolio.Rollout.initiative"),
    "portefoelje/borgerforloeb/<journey_id>": _first("portfolio.Journey"),
    "portefoelje/borgerforloeb/skridt/<step_id>": _first("portfolio.JourneyStep"),
    "portefoelje/faelles-loesninger/<code>": lambda _: "aula",
    "portefoelje/kerneopgaver/<core_task_id>": _first("portfolio.CoreTask"),
    "portefoelje/kapacitet/samarbejde/<cooperation_id>": _first("portfolio.Cooperation"),
    "portefoelje/kapacitet/graenser/<unit_id>": _first("portfolio.WorkLimit.unit"),
    "portefoelje/fagligheder/<group>": lambda _: "care",
    "portefoelje/<initiative_id>/fagligheder/<group>": lambda _: "care",
    "portefoelje/foerste-aar/<milestone_id>": _first("portfolio.Milestone", code="all_gathered"),
    "portefoelje/automatisering/<candidate_id>": _first("portfolio.Candidate", state="open"),
    "candidates:take_up candidate_id": _first("portfolio.Candidate", state="declined"),
    "portefoelje/automatisering/os2autoproces/<file_id>": _first("portfolio.CandidateFile"),
    "portefoelje/erfaringer/<lesson_id>": _first("portfolio.Lesson"),
    "portefoelje/smaa-koeb/<purchase_id>": _first("portfolio.Purchase", state="asked"),
    "portefoelje/maerker/<initiative_id>": _first("portfolio.Initiative"),
    "portefoelje/fravigelser/<deviation_id>": _first("portfolio.Deviation"),
    "portefoelje/venter/<waiting_id>": _first("portfolio.Waiting"),
    "portefoelje/afgoerelser/<decision_id>": _first("portfolio.GateDecision"),
    "portefoelje/faser/<version_id>": _first("portfolio.PhaseModelVersion", is_shipped=False),
    "portefoelje/<initiative_id>/port/krav/<code>": lambda _: "organisation_of_work",
    "portefoelje/<initiative_id>": _first("portfolio.Initiative"),
    "ideer/<idea_id>": _first("portfolio.Idea", is_shared=True, state="waiting"),
    "behov/<need_id>": _first("portfolio.Need"),
    "forsoeg/<experiment_id>": _first("portfolio.Experiment", state="running"),
    "sheets:answer initiative_id": _first("trust.Sheet.initiative", state="waiting"),
    "portefoelje/dataetik/holdninger/<stance_id>": _first("trust.CommitteeStance"),
    "portefoelje/sikkerhedsrapport/risici/<risk_id>": _first("trust.SecurityRisk"),
    "portefoelje/sikkerhedsrapport/<number>": _first("trust.SecurityReport.number"),
    **dict.fromkeys(
        (f"security:{act} number" for act in ("change", "send", "approve")),
        _first("trust.SecurityReport.number", state="draft"),
    ),
    "portefoelje/sikkerhedsrapport/<number>/hent/<form>": lambda _: "docx",
    "aabent/<slug>": _first("trust.PublicPage.slug"),
    "aabent/<slug>/<number>": _first("trust.PublicSheet.number"),
    "gevinster/<benefit_id>": _first("benefits.Benefit"),
    "effekter/koersel/<run_id>": _first("evidence.EstimateRun"),
    "effekter/<study_id>": _first("evidence.Study"),
    "effekter/<study_id>/sted/<place_id>": _first("evidence.StudyPlace.place"),
    "effekter/<study_id>/haendelse/<happening_id>": _first("evidence.Happening"),
    **dict.fromkeys(
        (
            f"{page} benefit_id"
            for page in (
                "evidence:effect",
                "planning:plan",
                "planning:take_over",
                "planning:neighbours",
            )
        ),
        _first("evidence.Study.benefit"),
    ),
    "gevinster/<benefit_id>/effekt/plan/<order_id>": _first("evidence.DrawnOrder"),
    "gevinster/puljer/<pool_id>": _first("benefits.OutcomePool"),
    "gevinster/andel/<claim_id>": _first("benefits.PoolClaim"),
    "gevinster/diagram/<initiative_id>": _first("portfolio.Initiative"),
    "gevinster/diagram/<initiative_id>/led/<node_id>": _first("benefits.MapNode", kind="behaviour"),
    "gevinster/diagram/<initiative_id>/hent/<form>": lambda _: "svg",
    "gevinster/indikator/<indicator_id>": _first("benefits.Indicator"),
    "gevinster/kilde/<source_id>": _first("benefits.MeasurementSource"),
    "gevinster/maaling/<measurement_id>": _first("benefits.Measurement"),
    "gevinster/beslutning/<decision_id>": _first("benefits.HarvestDecision"),
    "gevinster/hjemtagning/aftale/<agreement_id>": _first(
        "benefits.TakeoutAgreement", status="undecided", withdrawn_on=None
    ),
    "benefits:add_layer agreement_id": _first(
        "benefits.TakeoutAgreement", status="decided", base=None, withdrawn_on=None
    ),
    "gevinster/hjemtagning/enhed/<unit_id>": _first("benefits.TakeoutAgreement.unit"),
    "gevinster/hjemtagning/erfaring/<experience_id>": _first("benefits.TakeoutExperience"),
    "gevinster/hjemtagning/inddragelse/<involvement_id>": _first("benefits.StaffInvolvement"),
    "gevinster/hjemtagning/opfoelgning/<year>": _first("benefits.FollowUpReport.year"),
    "gevinster/hjemtagning/opfoelgning/<year>/<quarter>": _first("benefits.FollowUpReport.quarter"),
    "business-cases/prisindeks/<year>": _first("business_cases.PriceIndexYear.year"),
    "business-cases/<initiative_id>": _first("portfolio.Initiative"),
    "business-cases/udkast/<version_id>": _first("business_cases.CaseVersion", state="draft"),
    "business-cases/udkast/<version_id>/mulighed/<alternative_id>": _first(
        "business_cases.Alternative", case_version__state="draft", is_do_nothing=False
    ),
    "business-cases/udkast/<version_id>/forudsaetning/<assumption_id>": _first(
        "business_cases.Assumption", case_version__state="draft"
    ),
    "business-cases/udkast/<version_id>/udregning/<line_id>": _first(
        "business_cases.CaseLine", case_version__state="draft"
    ),
    "business-cases/udkast/<version_id>/trin/<slug>": lambda _: "behov",
    "business-cases/udkast/<version_id>/post/<line_id>": _first(
        "business_cases.CaseLine", case_version__state="draft"
    ),
    "business-cases/udkast/<version_id>/risici/<risk_id>": _first(
        "business_cases.CaseRisk", case_version__state="draft"
    ),
    "business-cases/udkast/<version_id>/grundlag/<aspect>": lambda _: "continuity",
    "serier/resultat/<study_id>": _first("evidence.Study"),
    "serier/fra-fil/<file_id>": _first("evidence.SeriesFile"),
    "serier/<series_id>": _first("evidence.Series"),
    "serier/<series_id>/brud/<break_id>": _first("evidence.SeriesBreak"),
    "systemer/<system_id>": _first("trust.System", name__startswith="Plejebog"),
    "systemer/initiativ/<tie_id>": _first("trust.SystemTie"),
    "systemer/hentning/<run_id>": _first("trust.SyncRun", state="done"),
    "systems:confirm run_id": _first("trust.SyncRun", state="ready"),
    "leverandoerer/<supplier_id>": _first("trust.Supplier"),
    "leverandoerer/kontrakt/<contract_id>": _first("trust.Contract"),
    "datasaet/<data_set_id>": _first("trust.DataSet"),
    "datasaet/brug/<use_id>": _first("trust.DataSetUse"),
    "genbrug/<initiative_id>": _first("portfolio.Initiative"),
    "genbrug/skridt/<step_id>": _first("trust.ScalingStep"),
    "kommunen/enheder/<pk>": _first("organisations.Unit"),
    "kommunen/udvalg/<pk>": _first("organisations.Body"),
    "kommunen/personer/<pk>": _first("organisations.Person"),
    "kommunen/personer/<pk>/roller/<role>": _first("organisations.RoleAssignment"),
    "organisations:reopen_unit pk": _first("organisations.Unit", closed_on__isnull=False),
    "organisations:reopen_body pk": _first("organisations.Body", closed_on__isnull=False),
    "organisations:take_back pk": _first("organisations.Person", left_on__isnull=False),
    "organisations:send_again pk": _first("organisations.Invitation.person"),
    "organisations:withdraw_invitation pk": _first("organisations.Invitation.person"),
    "kommunen/log/<pk>": _first("audit.Act"),
    "kommunen/invitation/<token>": lambda _: "en-noegle-der-ikke-findes",
    "effekter/svar/<estimate_id>": _first("evidence.Estimate"),
    "regneark/<run_id>": _first("exchange.ImportRun"),
    "hjaelp/foerste-skridt/<number>": lambda _: 1,
    "lister/<view_id>": _first("lists.SavedView"),
    "lister/hent-tilbage/<token>": lambda _: "en-noegle-der-ikke-findes",
    "beskeder/link/<secret>": lambda _: "1.en-noegle-der-ikke-findes",
    "konto/ekstern/<provider_id>": lambda _: "kommunen",
    "konto/noegler/<pk>": lambda _: _passkey(),
    "konto/glemt/<uidb36>": lambda _: "1",
    "konto/glemt/<uidb36>-<key>": lambda _: "abc-123",
    "galleri/fejl/<code>": lambda _: 404,
}


def _passkey() -> int:
    """Return the first passkey of anybody, or a number that is none."""
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(type="webauthn").values_list("pk", flat=True).first() or 1


def value_of(name: str, route: str, parameter: str, organisation_id: int) -> Any:
    """Return what a municipality has for a parameter of an address."""
    plain = PARAMETER.sub(lambda found: f"<{found[1] or found[2]}>", route).replace("^", "")
    until = plain[: plain.index(f"<{parameter}>") + len(parameter) + 2]
    find = FIND.get(f"{name} {parameter}") or FIND.get(until)
    assert find is not None, f"{name}: tests/support/addresses.py knows nothing for {until}"
    return find(organisation_id)
