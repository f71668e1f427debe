"""What the tests of the pages share: a page's words and a form's fields."""

import html
import re

from django.urls import reverse


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
