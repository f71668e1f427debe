"""Django app of messages."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages to people, gathered in digest mails."""

    name = "hoest.foundation.messages"
    label = "messages_to_people"

    def ready(self) -> None:
        """Show on "Min konto" where one's messages are."""
        from hoest.foundation.messages import own_panel

        own_panel.register()
