"""The tag that explains the domain words of what it holds.

Use, around the content of a layout: ``{% load words %}{% explained %}…{% endexplained %}``. What
explains itself (the glossary) says ``data-explains-itself`` somewhere in its content.
"""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hoest.ui import page_words

register = template.Library()

EXPLAINS_ITSELF = "data-explains-itself"


class ExplainedNode(template.Node):
    """Renders what it holds, and after it the domain words that stand there."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Return the content and, when it has domain words, the list that explains them."""
        html = self.nodelist.render(context)
        if EXPLAINS_ITSELF in html:
            return html
        found = page_words.words_in(html)
        if not found:
            return html
        return SafeString(html + render_to_string("layout/page_words.html", {"found": found}))


@register.tag
def explained(parser: template.base.Parser, _token: template.base.Token) -> ExplainedNode:
    """Explain the domain words of what stands up to ``endexplained``."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)
