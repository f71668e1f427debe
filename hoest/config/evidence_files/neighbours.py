"""The JSON answer of a transfer, and the same as Danish lines."""

from __future__ import annotations

from typing import Any

from hoest.engine.transfer import FEWEST_STUDIES, Studies, Transfer, pooled, scaled
from hoest.ui.formats import percent

from .words import amount


def _shrunken(found: Transfer, names: list[str] | None) -> list[dict[str, Any]]:
    return [
        {
            "study": names[place] if names else place + 1,
            "own": one.own,
            "drawn_to": one.drawn_to,
            "error": one.error,
            "others_share": one.others_share,
        }
        for place, one in enumerate(found.shrunken)
    ]


def _reml(studies: Studies, found: Transfer) -> dict[str, Any] | None:
    if found.pooled is None:
        return None
    knapp = found.pooled
    return {
        "mu": knapp.mean,
        "se": float(pooled(studies, knapp=False).errors[0]),
        "se_hartung_knapp": float(knapp.errors[0]),
        "tau2": knapp.tau2,
        "ci": [float(knapp.low[0]), float(knapp.high[0])],
        "prediction": list(knapp.prediction),
        "q": knapp.q,
    }


def answer(
    studies: Studies,
    found: Transfer,
    names: list[str] | None,
    promise: float | None,
    volume: float | None,
) -> dict[str, Any]:
    """Return the JSON answer; below three studies only the reference range is there."""
    ours = None if volume is None else scaled(found, volume)
    few = found.count < FEWEST_STUDIES
    return {
        "headline": {
            "estimate": found.middle,
            "prediction": list(found.prediction) if found.prediction else None,
            "mean": found.mean,
            "mean_se": found.error,
            "mean_interval": list(found.interval) if found.interval else None,
            "promise": promise,
            "probability": found.reaches,
            "tau_scale": found.scale,
            "sensitivity": [
                {"tau_scale": one.scale, "prediction": [one.low, one.high]}
                for one in found.sensitivity
            ],
            "ours": None
            if ours is None
            else {"low": ours.low, "middle": ours.middle, "high": ours.high, "volume": volume},
        },
        "reference": list(found.reference),
        "studies": found.count,
        "reml": _reml(studies, found),
        "i2": found.pooled.i2 if found.pooled else None,
        "shrunken": _shrunken(found, names),
        "sentence": sentence(found),
        "warnings": [{"code": "few_studies", "text": FEW}] if few else [],
    }


FEW = "Under tre resultater gives intet spænd, kun det mindste og det største, der er fundet."


def sentence(found: Transfer) -> str:
    """Say where the next place may land, and the chance of the promise."""
    if found.prediction is None or found.middle is None:
        low, high = found.reference
        step = abs(high - low) or abs(high)
        return f"{found.count} steder fandt {amount(low, step)} til {amount(high, step)}. {FEW}"
    low, high = found.prediction
    step = (high - low) / 4
    said = (
        f"Hos den næste ventes effekten at være {amount(found.middle, step)} "
        f"(sikkert mellem {amount(low, step)} og {amount(high, step)}) ud fra {found.count} steder."
    )
    if found.reaches is not None:
        said += f" Sandsynligheden for at nå det lovede er {percent(found.reaches, 0)}."
    return said


def as_lines(said: dict[str, Any]) -> str:
    """Return the answer as calm Danish lines."""
    lines = [str(said["sentence"])]
    if said["reml"]:
        reml = said["reml"]
        step = reml["se"]
        ends = " og ".join(amount(one, step) for one in reml["ci"])
        lines += ["", f"Middel  {amount(reml['mu'], step)} (sikkert mellem {ends}), REML"]
    for one in said["shrunken"]:
        lines.append(
            f"- {one['study']}: {amount(one['own'], one['error'])} trækkes til "
            f"{amount(one['drawn_to'], one['error'])}, for de andre vejer "
            f"{percent(one['others_share'], 0)}"
        )
    return "\n".join(lines)
