"""The engine's caveats in plain Danish: one or two sentences each, with the facts in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hoest.engine.cash_flow import Caveat, CaveatCode, Fact
from hoest.ui.formats import percent

Facts = Mapping[str, Fact]

DEFINITIONS = {
    "calendar_year": "kalenderår",
    "interpolated": "interpoleret",
    "discounted": "diskonteret",
}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"


def _many(fact: Fact) -> tuple[object, ...]:
    return fact if isinstance(fact, tuple) else (fact,)


def _share(fact: object, decimals: int = 1) -> str:
    return percent(float(str(fact)), decimals)


def _gap_continued(facts: Facts) -> str:
    years = _listed([str(year) for year in _many(facts["years"])])
    return (
        f"Linjen {facts['line']} er varig og har intet beløb i {years}. Det seneste beløb er "
        "regnet videre; skriv 0, hvis virkningen holder pause."
    )


def _line_without_amounts(facts: Facts) -> str:
    return f"Linjen {facts['line']} har ingen beløb og tæller derfor ikke med."


def _rate_step_unconfirmed(facts: Facts) -> str:
    return (
        f"Satsen {_share(facts['step_rate'])} efter år {facts['after_year']} i {facts['rate']} er "
        "ikke bekræftet i Finansministeriets notat. Nutidsværdien af de sene år er usikker."
    )


def _rate_not_general(facts: Facts) -> str:
    return (
        f"{facts['rate']} (5 %) var fra 2009 tilladt på nogle planlægningsområder og var ikke den "
        "almindelige sats."
    )


def _irr_no_sign_change(facts: Facts) -> str:
    return "Der er ingen intern rente, fordi nettobeløbene aldrig skifter fortegn."


def _irr_several_sign_changes(facts: Facts) -> str:
    roots = _many(facts["roots"])
    start = f"Nettobeløbene skifter fortegn {facts['sign_changes']} gange"
    if not roots:
        return f"{start}, og ingen rente gør nutidsværdien til nul."
    if len(roots) == 1:
        return f"{start}. Der er fundet én intern rente, men læs den med forbehold."
    found = _listed([_share(root) for root in roots])
    return (
        f"{start}, så der er flere interne renter: {found}. Den nærmest nul er vist; brug hellere "
        "nutidsværdien."
    )


def _irr_not_found(facts: Facts) -> str:
    return (
        f"Der er ikke fundet nogen intern rente mellem {_share(facts['lowest'], 0)} og "
        f"{_share(facts['highest'], 0)} om året."
    )


def _irr_income_first(facts: Facts) -> str:
    return (
        "Pengene kommer ind, før de bruges. Den interne rente er her prisen for at få pengene "
        "først, og en høj rente er dyr."
    )


def _nothing_to_pay_back(facts: Facts) -> str:
    return "Det samlede netto er aldrig negativt, så der er intet at betale tilbage."


def _not_paid_back(facts: Facts) -> str:
    names = _listed([DEFINITIONS[str(name)] for name in _many(facts["definitions"])])
    return f"Udgiften er ikke tjent hjem til og med {facts['horizon']} (opgjort som {names})."


def _payback_lost_again(facts: Facts) -> str:
    return (
        f"Udgiften er tjent hjem i {facts['paid_back']}, men det samlede netto bliver negativt "
        f"igen i {facts['negative_again']}."
    )


def _no_simple_payback(facts: Facts) -> str:
    if facts["reason"] == "no_investment":
        return "Der er ingen simpel tilbagebetalingstid, fordi sagen ikke har nogen investering."
    return (
        "Der er ingen simpel tilbagebetalingstid, fordi den årlige fulde effekt efter drift ikke "
        "er positiv."
    )


SENTENCES: Mapping[CaveatCode, Callable[[Facts], str]] = {
    CaveatCode.GAP_CONTINUED: _gap_continued,
    CaveatCode.LINE_WITHOUT_AMOUNTS: _line_without_amounts,
    CaveatCode.RATE_STEP_UNCONFIRMED: _rate_step_unconfirmed,
    CaveatCode.RATE_NOT_GENERAL: _rate_not_general,
    CaveatCode.IRR_NO_SIGN_CHANGE: _irr_no_sign_change,
    CaveatCode.IRR_SEVERAL_SIGN_CHANGES: _irr_several_sign_changes,
    CaveatCode.IRR_NOT_FOUND: _irr_not_found,
    CaveatCode.IRR_INCOME_FIRST: _irr_income_first,
    CaveatCode.NOTHING_TO_PAY_BACK: _nothing_to_pay_back,
    CaveatCode.NOT_PAID_BACK: _not_paid_back,
    CaveatCode.PAYBACK_LOST_AGAIN: _payback_lost_again,
    CaveatCode.NO_SIMPLE_PAYBACK: _no_simple_payback,
}


def sentence(caveat: Caveat) -> str:
    """Say a caveat in Danish."""
    return SENTENCES[caveat.code](caveat.facts)
