"""The sheet `Læs mig` of the empty template: what the workbook is and how it is filled in."""

from __future__ import annotations

TEMPLATE_YEARS = (2026, 2027, 2028, 2029, 2030)

README = (
    "Jeres portefølje i ét regneark",
    "",
    "Udfyld arkene Om og Initiativer, og så meget af resten, som I ved. Læs derefter filen ind i "
    "Høst. I ser, hvad der vil ske, før noget bliver gemt.",
    "",
    "Om: kommune, prisniveau (et årstal), beløbsenhed (kr., 1.000 kr. eller mio. kr.), kilde og "
    "dato.",
    "Initiativer: ét initiativ pr. række. Nøgle, titel og enhed skal udfyldes.",
    "Økonomi: én post pr. række og ét beløb pr. år. Beløb er positive; arten (investering, "
    "driftsudgift, gevinst) giver retningen. Er posten varig, fortsætter det sidste udfyldte år.",
    "Gevinster: én gevinst pr. række. Skriv postens navn i kolonnen post, så får gevinsten sine "
    "kroner derfra.",
    "Målinger: én måling pr. række.",
    "Indhøstning: én beslutning pr. række om at tage beløb eller timer hjem i et bestemt år.",
    "",
    "En post med arten gevinst, som ingen gevinst nævner, bliver selv en gevinst.",
    "Et tomt felt betyder ikke kendt. Det bliver aldrig læst som nul.",
    "Datoer skrives 28.04.2026. Tal må skrives 1.234,5.",
    "Kolonnernes rækkefølge er fri. Egne kolonner bliver gemt og nævnt, ikke afvist.",
    "Peg på en overskrift for at se, hvad kolonnen rummer.",
    "",
    "Eksempel på et initiativ: nøgle INI-1 · titel Skærmbesøg i hjemmeplejen · i praksis En del "
    "af besøgene foregår på skærm · formålstype effektivisering · type velfærdsteknologi · enhed "
    "Sundhed og Omsorg · fase gennemførelse.",
    "Eksempel på en post: initiativ INI-1 · post Færre kørte besøg · art gevinst · varighed varig "
    "· 2027 450 · 2028 900.",
    "",
    "Dette ark er kun til at læse. Høst ser ikke på det, og I må gerne slette det.",
)
