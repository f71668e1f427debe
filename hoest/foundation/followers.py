"""Followers: what higher subjects do, in the same transaction, when a lower one has acted.

Why: a go-live or an approved version moves benefits on the ladder, although initiatives and
business cases may not know of benefits. The higher subject follows once, in its `apps.py`; the
lower one tells after its act. A follower that fails undoes the act, so nothing is half done.

    followers.follow("initiative", note_benefits_of_initiative)      # in apps.ready()
    followers.tell("initiative", actor, initiative.pk)               # in the action

Unlike signals: the kinds are few and named here, and telling is written where it happens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from hoest.foundation.access.actor import Actor

Kind = Literal["initiative"]
Follower = Callable[[Actor, int], None]

_followers: dict[str, list[Follower]] = {kind: [] for kind in get_args(Kind)}


def follow(kind: Kind, follower: Follower) -> None:
    """Let a follower hear of every act on a kind of thing. Twice is once."""
    if follower not in _followers[kind]:
        _followers[kind].append(follower)


def tell(kind: Kind, actor: Actor, thing_id: int) -> None:
    """Tell the followers that something about a thing has changed."""
    for follower in _followers[kind]:
        follower(actor, thing_id)
