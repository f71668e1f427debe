"""A step, or a part of one, that is answered in words: its form, kept while it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules.guide import LONGEST_ANSWER, Question
from hoest.domain.business_cases.web.guide import frame
from hoest.domain.business_cases.web.guide.steps import Visit
from hoest.foundation.faults import Conflict, NotFound
from hoest.foundation.forms import drafts
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell


def words(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """Return a field for an answer in words; any of them may wait."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    field.needed_for = gettext_lazy("kan vente")  # type: ignore[attr-defined]
    return field


class AnswerForm(AskingForm):
    """Questions of a step; `asks` says which field answers which question."""

    asks: ClassVar[dict[str, Question]] = {}
    persons: ClassVar[dict[str, Question]] = {}

    def texts(self) -> dict[str, str]:
        """Return the answers in words."""
        return {question: self.cleaned_data[name] or "" for name, question in self.asks.items()}

    def people(self) -> dict[str, int | None]:
        """Return the answers that are persons."""
        chosen = ((question, self.cleaned_data[name]) for name, question in self.persons.items())
        return {question: int(value) if value else None for question, value in chosen}

    @classmethod
    def standing(cls, parts: Parts) -> dict[str, Any]:
        """Return what stands, field by field."""
        found: dict[str, Any] = {name: parts.text(q) for name, q in cls.asks.items()}
        for name, question in cls.persons.items():
            answer = parts.answers.get(question)
            found[name] = str(answer.person_id or "") if answer else ""
        return found


def answer(
    request: HttpRequest,
    visit: Visit,
    form_class: type[AnswerForm],
    template: str,
    from_form: Callable[[Any], dict[str, Any]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the questions with what stands or is kept, or save the answers and go on.

    `from_form` returns more of the page from the form as it is shown.
    """
    standing = form_class.standing(visit.parts)
    draft = frame.kept(visit)
    if draft is not None and all(draft.fields.get(n, v) == v for n, v in standing.items()):
        draft = None
    initial = {**standing, **draft.fields} if draft else standing
    options = {"visit": visit} if getattr(form_class, "needs_visit", False) else {}
    form = form_class(posted(request), initial=initial, **options)
    conflict = False

    def write(cleaned: dict[str, Any]) -> str:
        actions.write_answers(
            actor=visit.actor,
            version_id=visit.version.pk,
            slug=visit.step.slug,
            version=posted_step_version(request),
            texts=form.texts(),
            persons=form.people(),
        )
        return _("»%(step)s« er gemt.") % {"step": visit.step.title}

    try:
        said = carried_out(form, write)
    except Conflict as fault:
        form.add_error(None, str(fault))
        said, conflict = None, True
    if said is not None:
        drafts.drop(
            actor=visit.actor, form_name=frame.form_name(visit.step), object_id=visit.version.pk
        )
        tell(request, said)
        return frame.onward(request, visit)
    status = 409 if conflict else 422 if form.is_bound else 200
    shown = {
        "form": form,
        "draft": None if form.is_bound else draft,
        "theirs": _theirs(form, standing) if conflict else [],
        **context,
        **(from_form(form) if from_form else {}),
    }
    return frame.page(request, visit, template, shown, status)


def posted_step_version(request: HttpRequest) -> int:
    """Return the version of the step that was read; a step nobody has answered is at 0."""
    if request.POST.get("version", "") == "":
        raise NotFound(_("Siden var ikke hel. Åbn trinnet igen."))
    return posted_version(request)


def _theirs(form: AnswerForm, standing: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return what the other wrote in the fields where the two differ."""
    return [
        (form[name].label, standing[name])
        for name in form.asks
        if (form[name].value() or "") != standing[name] and standing[name]
    ]
