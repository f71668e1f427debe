"""What the tests of the pages share: a page's words and a form's fields."""

import datetime as dt
import html
import re

from django.urls import reverse

from hoest.domain.portfolio.actions import dependencies
from hoest.foundation.clock import today


def text_of(response):
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def posted(client, training, **changes):
    """Return what the form of an initiative would post, with changes."""
    page = client.get(reverse("portfolio:edit", args=[training.pk]))
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {
        name: form.fields[name].prepare_value(value) if value is not None else ""
        for name, value in fields.items()
    }
    return {**fields, "version": page.context["version"], **changes}


def wait(manager, initiative, **changes):
    """Write down that an initiative waits for a supplier, with changes."""
    fields = {
        "kind": "supplier",
        "scope": "external",
        "waits_for": None,
        "what": "En ny udgave",
        "actor_name": "Leverandøren",
        "since": today() - dt.timedelta(90),
        "needed_by": None,
        "ready_on": None,
        "consequence": "Vi taster to gange",
        "response": "follow",
        **changes,
    }
    return dependencies.add_dependency(actor=manager, initiative_id=initiative.pk, fields=fields)
