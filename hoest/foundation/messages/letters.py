"""The letter of a digest: plain text and simple HTML, always in Danish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hoest.foundation import content
from hoest.foundation.messages.recipients import Recipient


@dataclass(frozen=True)
class Entry:
    """One message of a letter. `secret` makes its link sign in; without it the link is plain."""

    subject: str
    sentence: str
    kind: str
    path: str
    secret: str = ""

    @property
    def address(self) -> str:
        """The whole address of the link in the mail."""
        path = reverse("messages:link", args=[self.secret]) if self.secret else self.path
        return f"{settings.PUBLIC_ADDRESS}{path}"


def letter(
    recipient: Recipient, entries: Sequence[Entry], *, letter_id: str
) -> EmailMultiAlternatives:
    """Return the mail with one entry per message. Answers by machines are asked to stay away."""
    with translation.override("da"):
        facts = {
            "recipient": recipient,
            "entries": entries,
            "link_days": content.limit("mail_link_days"),
            "has_links": any(entry.secret for entry in entries),
            "own_page": f"{settings.PUBLIC_ADDRESS}{reverse('messages:mine')}",
        }
        subject = (
            entries[0].subject
            if len(entries) == 1
            else _("%(count)s beskeder fra Høst") % {"count": len(entries)}
        )
        text = render_to_string("messages/mail/digest.txt", facts)
        page = render_to_string("messages/mail/digest.html", facts)
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        to=[recipient.email],
        # RFC 3834: no out-of-office answers; RFC 5322: one name of the letter at every try.
        headers={"Message-ID": letter_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(page, "text/html")
    return mail
