"""Writes of messages: tell, withdraw, choose, gather into digests, and the links of a mail."""

from hoest.foundation.messages.actions.choosing import choose
from hoest.foundation.messages.actions.links import open_link, use_link
from hoest.foundation.messages.actions.queueing import danish, queue, withdraw

__all__ = ["choose", "danish", "open_link", "queue", "use_link", "withdraw"]
