"""The invented, neutral examples of the gallery: long words, large amounts, many rows, nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hoest.ui.pictures.harvest import HarvestAccount, Move, RungAmount
from hoest.ui.pictures.palette import LAPSED, RUNG_CODES

RUNG_LABELS = ("På taget", "Ejet", "I brug", "Målt", "Påvist", "I hånden")

FACTS = [
    {"text": "Ingen leder har taget gevinsten på sig", "href": "#ejer"},
    {"text": "Løsningen blev taget i brug", "date": date(2026, 6, 1), "who": "Initiativleder"},
    {"text": "Første måling er aftalt til oktober", "date": date(2026, 5, 4)},
]

GRADED = [
    {
        "grade": "talt før og efter",
        "verdict": "kan ikke vises",
        "why": "Tallet er målt før og efter. Andet kan have ændret det imens.",
    },
    {
        "grade": "trinvis sammenlignet",
        "verdict": "vist",
        "is_shown": True,
        "why": "Enhederne begyndte på forskellige tidspunkter. Trækkes der lod, er det stærkere.",
    },
]


def _fact(text: str, met: bool, who: str = "", day: date | None = None) -> dict[str, Any]:
    return {"text": text, "met": met, "who": who, "date": day, "href": "#fakta"}


LADDER: list[dict[str, Any]] = [
    {
        "code": "promised",
        "label": "På taget",
        "state": "reached",
        "facts": [
            _fact("Forventet effekt er skrevet ned", True, "Initiativleder", date(2026, 1, 9))
        ],
    },
    {
        "code": "owned",
        "label": "Ejet",
        "state": "reached",
        "facts": [
            _fact("En leder har sagt ja til gevinsten", True, "Afdelingsleder", date(2026, 2, 2)),
            _fact("Baseline er målt", True, "Afdelingsleder", date(2026, 2, 20)),
        ],
    },
    {
        "code": "in_use",
        "label": "I brug",
        "state": "present",
        "facts": [
            _fact("Løsningen er taget i brug", True, "Initiativleder", date(2026, 6, 1)),
            _fact("81 % bruger den; aftalt er 80 %", True, "Systemet", date(2026, 9, 1)),
            _fact("Den gamle arbejdsgang er lukket", True, "Afdelingsleder", date(2026, 9, 15)),
        ],
    },
    {
        "code": "measured",
        "label": "Målt",
        "state": "next",
        "facts": [_fact("En måling efter ibrugtagning", False)],
        "action_url": "#registrer",
        "action_label": "Registrér måling",
    },
    {"code": "proven", "label": "Påvist", "state": "ahead", "facts": []},
    {"code": "in_hand", "label": "I hånden", "state": "ahead", "facts": []},
]


def ladder_at(place: int) -> list[dict[str, Any]]:
    """Return the ladder with the benefit on a rung (0-5): reached below, one next, the rest ahead.

    Without the rung that lies behind it, the first has nothing reached and the last nothing next.
    """
    states = {-1: "reached", 0: "present", 1: "next"}
    rungs = []
    for number, rung in enumerate(LADDER):
        distance = max(-1, number - place)
        shown = {**rung, "state": states.get(distance, "ahead")}
        if distance > 0:
            shown["facts"] = [{**fact, "met": False, "date": None} for fact in rung["facts"]]
        if distance == 1:
            shown |= {"action_url": "#registrer", "action_label": "Registrér måling"}
        rungs.append(shown)
    return rungs


LAPSED_LADDER = [{**rung, "state": "ahead", "facts": []} for rung in LADDER]

COLUMNS = [
    {"label": "Gevinst"},
    {"label": "Mio. kr. om året", "number": True},
    {"label": "Trin"},
    {"label": "Enhed"},
]


def _listed(title: str, amount: str, rung: int, unit: str) -> dict[str, Any]:
    return {
        "href": "#gevinst",
        "title": title,
        "cells": [
            {"text": amount, "number": True},
            {"text": RUNG_LABELS[rung], "rung": rung},
            {"text": unit, "only_wide": True},
        ],
    }


ROWS = [
    _listed("Skærmbesøg i hjemmeplejen", "2,4", 0, "Sundhed og Omsorg"),
    _listed("Ibrugtagningsgradsopfølgning på kørselsplanlægning", "123.456,8", 3, "Teknik"),
    _listed("Digital postgang", "0,9", 5, "Borgerservice"),
]


def many_rows(count: int) -> list[tuple[str, int]]:
    """Return rows for a long table: a name and whole kroner."""
    return [(f"Eksempelgevinst {i}", 100_000_000 + 7919 * i) for i in range(1, count + 1)]


TABS = [
    {"label": "Alle", "url": "#alle", "current": True, "count": 44},
    {"label": "Mine", "url": "#mine", "current": False, "count": 3},
    {"label": "Mangler en ejer", "url": "#uden-ejer", "current": False},
]

FILTERS = [
    {"text": "Vis"},
    {
        "name": "type",
        "label": "Slags gevinst",
        "options": [{"value": "", "label": "alle gevinster"}, {"value": "t", "label": "timer"}],
    },
    {"text": "i"},
    {
        "name": "enhed",
        "label": "Enhed",
        "options": [
            {"value": "", "label": "hele kommunen"},
            {"value": "s", "label": "Socialforvaltningen", "selected": True},
        ],
    },
    {"text": "der er"},
    {
        "name": "trin",
        "label": "Trin",
        "options": [{"value": "", "label": "på alle trin"}, {"value": "m", "label": "målt"}],
    },
]


def account(
    dkk: Mapping[str, float],
    counts: Mapping[str, int],
    hours: Mapping[str, float] | None = None,
    promised: Mapping[str, float] | None = None,
    moves: tuple[Move, ...] = (),
    scale: int | None = None,
) -> HarvestAccount:
    """Return an account from amounts by rung; every rung leads somewhere."""
    labels = dict(zip((*RUNG_CODES, LAPSED), (*RUNG_LABELS, "Bortfaldet"), strict=True))
    rungs = tuple(
        RungAmount(
            code=code,
            label=label,
            dkk=dkk.get(code, 0),
            hours=(hours or {}).get(code, 0),
            count=counts.get(code, 0),
            href=f"?trin={code}",
            promised_dkk=(promised or {}).get(code),
            promised_hours=(hours or {}).get(code, 0) * 1.2,
        )
        for code, label in labels.items()
    )
    return HarvestAccount(rungs, moves, scale_dkk=scale)


def accounts() -> list[tuple[str, HarvestAccount]]:
    """Return the account in every state a page may meet."""
    amounts = {
        "promised": 10.6e6,
        "owned": 5.8e6,
        "in_use": 4.9e6,
        "measured": 3.7e6,
        "proven": 2.1e6,
        "in_hand": 6.8e6,
        "lapsed": 0.9e6,
    }
    counts = {
        "promised": 9,
        "owned": 11,
        "in_use": 8,
        "measured": 6,
        "proven": 3,
        "in_hand": 7,
        "lapsed": 2,
    }
    promises = {**amounts, "owned": 7e6, "measured": 6e6, "in_hand": 9e6, "lapsed": 2e6}
    moves = (
        Move("promised", "owned", 3),
        Move("owned", "in_use", 2),
        Move("proven", "in_hand", 1),
        Move("measured", "owned", 1),
        Move("in_use", "lapsed", 1),
    )
    time = {"promised": 9000, "owned": 4000, "in_use": 3000, "measured": 1800, "in_hand": 5100}
    lapsed_time = {"promised": 12000, "owned": 3000, "in_hand": 800, "lapsed": 500}
    return [
        ("Alt på taget", account({"promised": 252_148_000}, {"promised": 9})),
        ("Blandet", account(amounts, counts, time, promises, moves)),
        ("Intet endnu", account({}, {})),
        ("Kun timer", account({}, {"promised": 5, "owned": 2, "in_hand": 1}, lapsed_time)),
        ("Alt i hånden", account({"in_hand": 252_148_000}, {"in_hand": 9})),
        ("Meget små beløb", account({"promised": 3, "in_hand": 1}, {"promised": 2, "in_hand": 1})),
        (
            "Meget store beløb",
            account({"promised": 987e9, "in_hand": 41e9}, {"promised": 2, "in_hand": 1}),
        ),
        (
            "Mange fugle med en fast målestok",
            account(
                {"promised": 60e6, "in_use": 25e6, "in_hand": 45e6},
                {"promised": 99, "in_use": 33, "in_hand": 10},
                scale=1_000_000,
            ),
        ),
        ("En ulempe", account({"promised": -2e6, "owned": 4e6}, {"promised": 1, "owned": 1})),
    ]
