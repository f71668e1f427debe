"""The sheets and columns of the portfolio workbook, declared once for reading and writing.

Source: the workbook format (one row per thing, Danish headings, `*` = required). The lengths are
those of the tables the values end in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from hoest.domain.exchange.rules import workbook as records

README_SHEET = "Læs mig"
ABOUT = "Om"
INITIATIVES = "Initiativer"
LINES = "Økonomi"
BENEFITS = "Gevinster"
MEASUREMENTS = "Målinger"
TAKE_OUTS = "Indhøstning"
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Kind(Enum):
    """What a cell of a column holds."""

    TEXT = auto()
    LINES = auto()
    CODE = auto()
    DATE = auto()
    EMAIL = auto()
    AMOUNT = auto()
    NUMBER = auto()
    HOURS = auto()
    LOW_PERCENT = auto()
    HIGH_PERCENT = auto()
    YEAR = auto()


@dataclass(frozen=True)
class Column:
    """One column: Danish heading, the record's field, what a cell may hold, a note for people."""

    heading: str
    name: str
    note: str
    kind: Kind = Kind.TEXT
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    """Danish cell value to code."""
    length: int = 200
    width: int = 18


@dataclass(frozen=True)
class SheetShape:
    """One sheet of rows: its columns, the record they make, and whether years are columns."""

    name: str
    record: type
    columns: tuple[Column, ...]
    years: bool = False

    def by_heading(self) -> dict[str, Column]:
        """Return the columns by heading."""
        return {column.heading: column for column in self.columns}


def _codes(**by_code: str) -> Mapping[str, str]:
    return MappingProxyType({danish: code for code, danish in by_code.items()})


PURPOSE_TYPES = _codes(
    hygiene="hygiejne", relief="aflastning", service="service", efficiency="effektivisering",
    development="udvikling",
)  # fmt: skip
INITIATIVE_TYPES = _codes(
    it_system="it-system", workflow="arbejdsgang", competence="kompetenceforløb", data="data",
    welfare_technology="velfærdsteknologi", organisation="organisation",
    collaboration="samarbejde",
)  # fmt: skip
PHASES = _codes(
    idea="idé", analysis="analyse", execution="gennemførelse", realisation="realisering",
    closed="afsluttet", stopped="stoppet",
)  # fmt: skip
LINE_KINDS = _codes(investment="investering", operation="driftsudgift", benefit="gevinst")
STEERING_AREAS = _codes(service="service", capital="anlæg", transfers="overførsler")
DURATIONS = _codes(one_off="engang", recurring="varig")
BENEFIT_TYPES = _codes(
    budget="budget", freed_time="frigjort tid", avoided_cost="undgået udgift", citizen="borger",
    quality="kvalitet", work_environment="arbejdsmiljø", risk="risiko",
)  # fmt: skip
FREQUENCIES = _codes(month="måned", quarter="kvartal", half_year="halvår", year="år")

SHEETS: tuple[SheetShape, ...] = (
    SheetShape(INITIATIVES, records.Initiative, (
        Column("nøgle", "key", "Jeres eget korte navn for initiativet. Det må kun stå én gang.",
               required=True, length=40, width=14),
        Column("titel", "title", "Initiativets navn.", required=True, width=44),
        Column("i praksis", "in_practice", "Én almindelig sætning: Det betyder i praksis, at …",
               length=400, width=60),
        Column("formålstype", "purpose_type", "Hvorfor initiativet findes.", Kind.CODE,
               codes=PURPOSE_TYPES),
        Column("type", "initiative_type", "Hvilken slags forandring det er.", Kind.CODE,
               codes=INITIATIVE_TYPES, width=20),
        Column("enhed", "unit", "Forvaltningen, afdelingen eller teamet, der ejer initiativet.",
               required=True, length=160, width=34),
        Column("udvalg", "committee", "Det politiske udvalg.", length=160, width=30),
        Column("tema", "theme", "Temaet i jeres strategi.", length=160, width=24),
        Column("fase", "phase", "Hvor initiativet er i sit forløb.", Kind.CODE, codes=PHASES),
        Column("sponsor", "sponsor", "Den leder, der står bag.", length=160, width=24),
        Column("initiativleder", "lead_email", "E-mail på den, der leder initiativet.", Kind.EMAIL,
               width=28),
        Column("i drift", "live_on", "Datoen for ibrugtagning, fx 01.03.2027.", Kind.DATE,
               width=12),
        Column("reference", "reference", "Sagsnummer eller dagsordenspunkt.", width=30),
    )),
    SheetShape(LINES, records.Line, (
        Column("initiativ", "initiative", "Nøglen fra arket Initiativer.", required=True,
               length=40, width=14),
        Column("post", "title", "Postens navn.", required=True, width=30),
        Column("art", "kind", "Hvad posten er. Beløb er positive; arten giver retningen.",
               Kind.CODE, required=True, codes=LINE_KINDS, width=14),
        Column("styringsområde", "steering_area", "Hvor i budgettet posten hører til.", Kind.CODE,
               codes=STEERING_AREAS, width=16),
        Column("varighed", "duration", "varig: det sidste udfyldte år fortsætter.", Kind.CODE,
               codes=DURATIONS, width=12),
        Column("min", "low_percent", "Det laveste skøn i procent af beløbet, fx 80.",
               Kind.LOW_PERCENT, width=8),
        Column("maks", "high_percent", "Det højeste skøn i procent af beløbet, fx 120.",
               Kind.HIGH_PERCENT, width=8),
    ), years=True),
    SheetShape(BENEFITS, records.Benefit, (
        Column("nøgle", "key", "Jeres eget korte navn for gevinsten. Det må kun stå én gang.",
               required=True, length=records.BENEFIT_KEY_LENGTH, width=18),
        Column("initiativ", "initiative", "Nøglen fra arket Initiativer.", required=True,
               length=40, width=14),
        Column("titel", "title", "Gevinstens navn.", required=True, width=44),
        Column("gevinsttype", "benefit_type", "Hvilken slags gevinst det er.", Kind.CODE,
               required=True, codes=BENEFIT_TYPES, width=16),
        Column("gevinstejer", "owner_email", "E-mail på den leder i driften, der ejer gevinsten.",
               Kind.EMAIL, width=28),
        Column("enhed", "unit", "Hvor gevinsten høstes.", length=160, width=34),
        Column("indikator", "indicator", "Det, der måles på.", width=30),
        Column("måleenhed", "measure_unit", "Hvad tallet tæller, fx timer pr. uge.", length=60),
        Column("baseline", "baseline", "Værdien før forandringen.", Kind.NUMBER, width=12),
        Column("baselinedato", "baseline_on", "Datoen for baseline.", Kind.DATE, width=14),
        Column("mål", "target", "Den værdi, I vil nå.", Kind.NUMBER, width=12),
        Column("måldato", "target_on", "Hvornår målet skal være nået.", Kind.DATE, width=12),
        Column("målemetode", "method", "Hvordan der måles.", Kind.LINES, length=300, width=34),
        Column("frekvens", "frequency", "Hvor tit der måles.", Kind.CODE, codes=FREQUENCIES,
               width=12),
        Column("post", "line", "Posten i arket Økonomi, som sætter kroner på gevinsten.",
               width=24),
    )),
    SheetShape(MEASUREMENTS, records.Measurement, (
        Column("gevinst", "benefit", "Nøglen fra arket Gevinster.", required=True,
               length=records.BENEFIT_KEY_LENGTH),
        Column("dato", "measured_on", "Dagen, målingen gælder.", Kind.DATE, required=True,
               width=12),
        Column("værdi", "value", "Den målte værdi.", Kind.NUMBER, required=True, width=12),
        Column("kilde", "source", "Hvor tallet kommer fra.", Kind.LINES, length=300, width=34),
        Column("målt af", "measured_by", "Hvem der målte.", length=160, width=24),
    )),
    SheetShape(TAKE_OUTS, records.TakeOut, (
        Column("gevinst", "benefit", "Nøglen fra arket Gevinster.", required=True,
               length=records.BENEFIT_KEY_LENGTH),
        Column("dato", "decided_on", "Dagen, beslutningen blev taget.", Kind.DATE, required=True,
               width=12),
        Column("beslutning", "decision", "Hvem der besluttede, og hvor det står.", Kind.LINES,
               required=True, length=300, width=40),
        Column("år", "year", "Budgetåret.", Kind.YEAR, required=True, width=8),
        Column("beløb", "amount_dkk", "Beløbet i filens beløbsenhed.", Kind.AMOUNT, width=14),
        Column("timer", "hours", "Timer pr. år.", Kind.HOURS, width=10),
        Column("budgetsted", "budget_place", "Hvor i budgettet beløbet er taget ud.", width=28),
        Column("anvendelse", "named_use", "Hvad timerne eller pengene bruges til.", Kind.LINES,
               length=300, width=34),
    )),
)  # fmt: skip

YEAR_NOTE = "Beløb i {year} i filens beløbsenhed. Et tomt felt betyder ikke kendt, aldrig nul."

ABOUT_KEYS: dict[str, str] = {
    "kommune": "Kommunens navn eller firecifrede kode.",
    "prisniveau": "Det år, priserne gælder (pris- og lønniveau).",
    "beløbsenhed": "kr., 1.000 kr. eller mio. kr.",
    "kilde": "Hvor tallene kommer fra.",
    "dato": "Kildens dato, fx 28.04.2026, eller blot et år.",
}
