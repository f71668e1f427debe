"""A workbook as OS2autoproces writes it: its 62 headings, in its order, and lifelike processes."""

from __future__ import annotations

import datetime as dt
import io
import random
from typing import Any

import xlsxwriter

HEADINGS = (
    *("ID", "Titel", "Resumé", "Fase", "Status", "Statustekst", "Indberetter"),
    *("Faglig kontaktperson", "Kontaktperson", "Mail", "Anden kontakt information"),
    *("Tilknyttede personer", "Synlighed", "Fagområder", "Afdelinger", "Myndighed"),
    *("Leverandør", "Lovparagraf", "KLE-nr", "KL ID", "KL's Arbejdsgangsbank", "Beskrivelse"),
    *("Idéer til løsning", "Udfordringer i den nuværende proces", "Nuværende systemer"),
    *("Andre nuværende systemer", "Oprettet", "Sidst opdateret"),
    *("Antal gange processen foretages årligt", "Tidsforbrug pr. proces i minutter"),
    *("Forventet automatiseringsgrad", "Manuelt tidsforbrug i timer"),
    "Forventet årlig effektiviseringspotentiale",
    "Antal medarbejdere der foretager processen",
    *("Er borgere påvirket", "Er virksomheder påvirket", "Forventet timeforbrug på udvikling"),
    "Kommentarer til tidsforbrug",
    "I hvor høj grad indgår der faglig vurdering i processen?",
    "I hvor høj grad er processen præget af hyppige ændringer?",
    "I hvor høj grad er processen baseret på struktureret information?",
    "Er der variation i den måde processen løses?",
    "Er de data og informationer, der skal bruges i processen, tilgængelige digitalt i "
    "IT-systemer?",
    "Vil en automatiseret løsning bidrage til en højere kvalitet, som er mere ensrettet og med "
    "færre fejl?",
    "Vil en automatiseret løsning bidrage til en hurtigere og mere fyldestgørende service?",
    "Vil automatisering frigive tid og nedbringe rutineopgaver, som skaber en bedre trivsel "
    "blandt medarbejderne?",
    "I hvor høj grad vurderes det at processen kan automatiseres? ",
    *("Teknisk implementering", "Organisatorisk implementering", "Anvendt teknologi"),
    *("Skedulering", "Automatiseringen anvender følgende systemer/snitflader"),
    "Beskrivelse af automatisering",
    "I hvor høj grad indfriede løsningen de forventede gevinster?",
    *("Sidst kontrolleret i forhold til §", "Løsningen sat i drift", "Løsningen taget ud af drift"),
    *("Kommentar til realiseret gevinster", "Sagsreference i ESDH", "Links", "Bilag"),
    "Interne Noter",
)
PLACE = {heading: place for place, heading in enumerate(HEADINGS)}
TASKS = ("Adresseskift", "Sygemelding", "Fakturamatch", "Flytning af borger", "Opfølgning på frist")
PLACES = ("i borgerservice", "på jobcentret", "i lønkontoret", "i hjemmeplejen", "på skolerne")
LEVELS = ("I høj grad", "I nogen grad", "I mindre grad", "Slet ikke", "Ikke forholdt sig")


def process(number: int, seed: int = 1, **changes: Any) -> list[Any]:
    """Return one row of the workbook; `changes` are cells by heading."""
    chance = random.Random(seed * 10_000 + number)
    row: list[Any] = [""] * len(HEADINGS)
    times, minutes = chance.randrange(50, 20_000), chance.choice((2, 5, 7.5, 12, 30))
    share = chance.choice((25, 50, 80, 95))
    told = {
        "ID": number,
        "Titel": f"{chance.choice(TASKS)} {chance.choice(PLACES)} {number}",
        "Resumé": "Oplysninger tastes fra det ene system til det andet.",
        "Fase": chance.choice(("Idé", "Foranalyse", "Udvikling", "Drift")),
        "Status": chance.choice(("I gang", "Ikke vurderet", "Afventer")),
        "Synlighed": "Offentlig",
        "Myndighed": chance.choice(("Randers Kommune", "Syddjurs Kommune")),
        "KLE-nr": "27.69.48",
        "Oprettet": dt.date(2026, 3, 2),
        "Antal gange processen foretages årligt": times,
        "Tidsforbrug pr. proces i minutter": minutes,
        "Forventet automatiseringsgrad": share,
        "Manuelt tidsforbrug i timer": times * minutes / 60,
        "Forventet årlig effektiviseringspotentiale": times * minutes * share / 60 / 100,
        "Er borgere påvirket": "Ja",
        **{heading: chance.choice(LEVELS) for heading in HEADINGS[38:43]},
        **changes,
    }
    for heading, cell in told.items():
        row[PLACE[heading]] = cell
    return row


def workbook(rows: list[list[Any]], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """Return the workbook with the rows under the headings."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Processer")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, dt.datetime.combine(cell, dt.time()), day)
            elif cell != "":
                sheet.write(number, place, cell)
    book.close()
    return held.getvalue()
