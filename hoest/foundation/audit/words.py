"""Acts in words: what a reader of the log sees instead of `organisations.give_role`.

A test reads every recorded verb from the code and fails when one has no words here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.foundation import content

VERBS: dict[str, Any] = {
    "benefits.accept_ownership": _("Ejerskab taget"),
    "benefits.add_to_map": _("Led sat på gevinstdiagrammet"),
    "benefits.adopt_measurements": _("Målinger overtaget samlet"),
    "benefits.begin_map": _("Gevinstdiagram begyndt"),
    "benefits.add_indicator": _("Indikator føjet til en gevinst"),
    "benefits.measure_indicator": _("Værdi af en indikator registreret"),
    "benefits.add_source": _("Kilde til målinger skrevet på"),
    "benefits.change_source": _("Kilde til målinger rettet"),
    "benefits.change": _("Gevinst rettet"),
    "benefits.change_in_map": _("Led i gevinstdiagrammet rettet"),
    "benefits.ask_portion": _("Bedt om en del af gevinstprofilen"),
    "benefits.change_pool": _("Pulje rettet"),
    "benefits.claim_of_pool": _("Andel af pulje taget"),
    "benefits.confirm_level": _("Niveau bekræftet"),
    "benefits.connect_in_map": _("Pil i gevinstdiagrammet tegnet"),
    "benefits.create": _("Gevinst oprettet"),
    "benefits.decide_harvest": _("Gevinst taget hjem"),
    "benefits.disconnect_in_map": _("Pil i gevinstdiagrammet fjernet"),
    "benefits.fill_portion": _("Del af gevinstprofilen gemt"),
    "benefits.lapse": _("Gevinst bortfaldet"),
    "benefits.make_pool": _("Pulje oprettet"),
    "benefits.measure": _("Måling registreret"),
    "benefits.measure_series": _("Serie af målinger indsat"),
    "benefits.move_in_map": _("Led i gevinstdiagrammet flyttet"),
    "benefits.name_owner": _("Gevinstejer udpeget"),
    "benefits.refuse_ownership": _("Ejerskab afslået"),
    "benefits.remove_from_map": _("Led taget af gevinstdiagrammet"),
    "benefits.undo_in_map": _("Rettelse af gevinstdiagrammet fortrudt"),
    "benefits.release_claim": _("Andel af pulje givet fri"),
    "benefits.take_back_portion": _("Spørgsmål om gevinstprofilen taget tilbage"),
    "benefits.unlapse": _("Bortfaldet gevinst taget op igen"),
    "benefits.withdraw_harvest": _("Høstbeslutning trukket tilbage"),
    "benefits.withdraw_measurement": _("Måling trukket tilbage"),
    "business_cases.adopt_version": _("Godkendt version overtaget fra regneark"),
    "business_cases.approve": _("Business case godkendt"),
    "business_cases.discard_draft": _("Udkast til business case smidt væk"),
    "business_cases.put_off_step": _("Trin i business case sat til senere"),
    "business_cases.remove_alternative": _("Alternativ i business case fjernet"),
    "business_cases.remove_assumption": _("Forudsætning i business case fjernet"),
    "business_cases.remove_index_year": _("År i prisindekset fjernet"),
    "business_cases.remove_line": _("Post i business case fjernet"),
    "business_cases.remove_risk": _("Risiko fjernet fra puljen"),
    "business_cases.set_ground": _("Grundlag for business case skrevet"),
    "business_cases.set_alternative": _("Alternativ i business case skrevet"),
    "business_cases.set_assumption": _("Forudsætning i business case skrevet"),
    "business_cases.set_derived_line": _("Post i business case udregnet af forudsætninger"),
    "business_cases.set_horizon": _("Business casens sidste år valgt"),
    "business_cases.set_index_year": _("År i prisindekset skrevet"),
    "business_cases.set_line": _("Post i business case skrevet"),
    "business_cases.set_price_level": _("Pris- og lønniveau valgt"),
    "business_cases.set_ranges": _("Spænd i business case skrevet"),
    "business_cases.set_risk": _("Risiko i puljen skrevet"),
    "business_cases.send_back": _("Business case sendt retur"),
    "business_cases.start_draft": _("Udkast til business case begyndt"),
    "business_cases.submit": _("Business case indsendt til godkendelse"),
    "business_cases.take_back": _("Indsendt business case taget tilbage"),
    "business_cases.write_answers": _("Trin i business case svaret"),
    "exchange.apply": _("Regneark indlæst"),
    "exchange.confirm": _("Indlæsning bekræftet"),
    "exchange.discard": _("Indlæsning kasseret"),
    "exchange.undo": _("Indlæsning fortrudt"),
    "lists.delete_view": _("Gemt visning slettet"),
    "lists.save_view": _("Visning gemt"),
    "messages.choose": _("Valg af mail gemt"),
    "messages.use_link": _("Logget ind med link fra mail"),
    "organisations.accept_invitation": _("Invitation taget imod"),
    "organisations.add_body": _("Udvalg oprettet"),
    "organisations.add_person": _("Person oprettet"),
    "organisations.add_unit": _("Enhed oprettet"),
    "organisations.change_body": _("Udvalg rettet"),
    "organisations.change_person": _("Person rettet"),
    "organisations.close_body": _("Udvalg nedlagt"),
    "organisations.close_unit": _("Enhed nedlagt"),
    "organisations.give_role": _("Rolle givet"),
    "organisations.invite": _("Invitation sendt"),
    "organisations.let_sign_in": _("Konto knyttet til person"),
    "organisations.link_provider": _("Log-ind gennem kommunen knyttet til person"),
    "organisations.mark_left": _("Person fratrådt"),
    "organisations.move_unit": _("Enhed flyttet"),
    "organisations.rename_unit": _("Enhed omdøbt"),
    "organisations.reopen_body": _("Udvalg åbnet igen"),
    "organisations.reopen_unit": _("Enhed åbnet igen"),
    "organisations.take_back": _("Person tilbage"),
    "organisations.take_role": _("Rolle fjernet"),
    "organisations.withdraw_invitation": _("Invitation trukket tilbage"),
    "portfolio.answer_deviation": _("Fravigelse besvaret"),
    "portfolio.ask_decision": _("Bedt om en afgørelse ved porten"),
    "portfolio.ask_deviation": _("Bedt om, at et krav må vente"),
    "portfolio.choose_phase_model": _("Fasemodel valgt"),
    "portfolio.decide_gate": _("Afgørelse ved porten"),
    "portfolio.review_waiting": _("Set igen på det, der venter"),
    "portfolio.take_phase_model": _("Fasemodel taget i brug"),
    "portfolio.write_phase_model": _("Fasemodel skrevet"),
    "portfolio.write_requirement": _("Krav ved porten skrevet"),
    "portfolio.answer_facts": _("Forhold ved initiativet besvaret"),
    "portfolio.add_rollout": _("Udrulning planlagt"),
    "portfolio.create_candidate": _("Kandidat til automatisering skrevet ned"),
    "portfolio.change_candidate": _("Kandidat til automatisering rettet"),
    "portfolio.put_candidate_away": _("Kandidat til automatisering lagt væk"),
    "portfolio.take_candidate_up": _("Kandidat til automatisering taget frem igen"),
    "portfolio.choose_candidate": _("Kandidat blev til et initiativ"),
    "portfolio.read_candidate_file": _("Regneark med kandidater læst"),
    "portfolio.take_candidates": _("Kandidater hentet fra regneark"),
    "portfolio.write_lesson": _("Erfaring skrevet ned"),
    "portfolio.change_lesson": _("Erfaring rettet"),
    "portfolio.share_lesson": _("Erfaring delt med andre kommuner"),
    "portfolio.withdraw_lesson": _("Delt erfaring trukket tilbage"),
    "portfolio.ask_purchase": _("Bedt om et lille køb"),
    "portfolio.change_purchase": _("Lille køb rettet"),
    "portfolio.answer_purchase": _("Svaret på et lille køb"),
    "portfolio.mark_solution": _("Løsningens mærke sat"),
    "portfolio.create_core_task": _("Kerneopgave skrevet ned"),
    "portfolio.change_core_task": _("Kerneopgave rettet"),
    "portfolio.retire_core_task": _("Kerneopgave taget ud af brug"),
    "portfolio.resume_core_task": _("Kerneopgave taget i brug igen"),
    "portfolio.change_initiative": _("Initiativ rettet"),
    "portfolio.change_rollout": _("Udrulning rettet"),
    "portfolio.close_old_way_there": _("Den gamle arbejdsgang lukket i en enhed"),
    "portfolio.remove_rollout": _("Planlagt udrulning fjernet"),
    "portfolio.add_stage": _("Etape planlagt"),
    "portfolio.change_stage": _("Etape rettet"),
    "portfolio.remove_stage": _("Etape fjernet"),
    "portfolio.open_stage": _("Etape åbnet"),
    "portfolio.learn_from_stage": _("Læring af en etape skrevet"),
    "portfolio.explain_delay": _("Forsinkelse forklaret"),
    "portfolio.add_dependency": _("Afhængighed skrevet ned"),
    "portfolio.change_dependency": _("Afhængighed rettet"),
    "portfolio.resolve_dependency": _("Afhængighed løst"),
    "portfolio.begin_influence": _("Påvirkning begyndt"),
    "portfolio.take_influence_step": _("Skridt i en påvirkning"),
    "portfolio.name_shared_owner": _("Fælles ejer valgt"),
    "portfolio.create_journey": _("Borgerforløb skrevet ned"),
    "portfolio.change_journey": _("Borgerforløb rettet"),
    "portfolio.retire_journey": _("Borgerforløb taget ud af brug"),
    "portfolio.resume_journey": _("Borgerforløb taget i brug igen"),
    "portfolio.add_journey_step": _("Skridt sat ind i et borgerforløb"),
    "portfolio.change_journey_step": _("Skridt i et borgerforløb rettet"),
    "portfolio.remove_journey_step": _("Skridt i et borgerforløb fjernet"),
    "portfolio.write_local_solution": _("Brug af en fælles løsning skrevet"),
    "portfolio.change_phase": _("Fase skiftet"),
    "portfolio.agree_cooperation": _("Samarbejde om en mangel aftalt"),
    "portfolio.ask_for_hours": _("Behov for timer skrevet"),
    "portfolio.change_cooperation": _("Samarbejde rettet"),
    "portfolio.change_group_plan": _("Plan for en faggruppe rettet"),
    "portfolio.change_milestone": _("Milepæl rettet"),
    "portfolio.drop_cooperation": _("Samarbejde opgivet"),
    "portfolio.drop_group_plan": _("Plan for en faggruppe fjernet"),
    "portfolio.drop_work_limit": _("Enhedens egen grænse fjernet"),
    "portfolio.keep_cooperation": _("Samarbejde på plads"),
    "portfolio.keep_profile": _("Faggruppens profil skrevet"),
    "portfolio.load_first_year": _("Planen for at komme i gang lagt"),
    "portfolio.move_first_year": _("Planen for at komme i gang flyttet"),
    "portfolio.offer_hours": _("Timer til rådighed skrevet"),
    "portfolio.plan_for_group": _("Plan for en faggruppe lagt"),
    "portfolio.reach_milestone": _("Milepæl nået"),
    "portfolio.reopen_milestone": _("Milepæl åbnet igen"),
    "portfolio.set_work_limit": _("Grænse for samtidigt arbejde sat"),
    "portfolio.confirm_status": _("Status bekræftet"),
    "portfolio.close_old_way": _("Den gamle arbejdsgang lukket"),
    "portfolio.create_initiative": _("Initiativ oprettet"),
    "portfolio.say_status": _("Status skrevet"),
    "portfolio.record_adoption": _("Ibrugtagning registreret"),
    "portfolio.give_idea": _("Idé givet"),
    "portfolio.sponsored_idea": _("Idé fik en sponsor"),
    "portfolio.declined_idea": _("Idé fik et nej med begrundelse"),
    "portfolio.change_idea_sponsor": _("Idé fik en anden sponsor"),
    "portfolio.share_idea": _("Deling af idé ændret"),
    "portfolio.assess_idea": _("Idé vurderet"),
    "portfolio.adopt_idea": _("Idé blev til et initiativ"),
    "portfolio.climb_idea": _("Idé gik videre til næste leder"),
    "portfolio.remove_idea_photo": _("Billede fjernet fra idé"),
    "portfolio.choose_answer_days": _("Svarfrist for idéer valgt"),
    "portfolio.state_need": _("Behov skrevet ned"),
    "portfolio.change_need": _("Behov rettet"),
    "portfolio.test_need": _("Behov afprøvet"),
    "portfolio.tie_need": _("Behov knyttet til"),
    "portfolio.begin_experiment": _("Forsøg begyndt"),
    "portfolio.tell_spending": _("Forbrug i forsøg skrevet"),
    "portfolio.extend_experiment": _("Forsøg forlænget"),
    "portfolio.stop_experiment": _("Forsøg stoppet"),
    "portfolio.scale_experiment": _("Forsøg skaleret"),
    "reporting.pass_on": _("Sendt videre til en anden"),
    "reporting.send_back": _("Sendt tilbage med et svar"),
    "reporting.take_back": _("Taget tilbage fra en anden"),
    "benefits.add_takeout_layer": _("Nyt lag på en hjemtagningsaftale skrevet"),
    "benefits.change_takeout": _("Hjemtagningsaftale rettet"),
    "benefits.involve_staff": _("Inddragelse af medarbejdere skrevet ned"),
    "benefits.log_experience": _("Erfaring skrevet ned"),
    "benefits.move_takeout": _("Hjemtagningsaftale fik ny status"),
    "benefits.publish_follow_up": _("Kvartalets opfølgning offentliggjort"),
    "benefits.withdraw_experience": _("Erfaring trukket tilbage"),
    "benefits.withdraw_involvement": _("Inddragelse trukket tilbage"),
    "benefits.withdraw_takeout": _("Hjemtagningsaftale trukket tilbage"),
    "benefits.write_takeout": _("Hjemtagningsaftale skrevet"),
    "trust.ask_for_reading": _("Bedt om hentning af systemer fra KITOS"),
    "trust.bring_file": _("Fil med systemer lagt op"),
    "trust.change_data_set": _("Datasæt rettet"),
    "trust.change_scaling": _("Skridt i skaleringsplanen rettet"),
    "trust.confirm_file": _("Fil med systemer bekræftet"),
    "trust.connect_register": _("Forbindelse til KITOS skrevet"),
    "trust.decide_contract": _("Taget stilling til en kontrakt"),
    "trust.decide_reuse": _("Genbrug afgjort"),
    "trust.drop_scaling": _("Skridt taget ud af skaleringsplanen"),
    "trust.end_data_set_use": _("Brug af datasæt fjernet"),
    "trust.plan_scaling": _("Skridt skrevet i skaleringsplanen"),
    "trust.resume_data_set": _("Datasæt taget i brug igen"),
    "trust.retire_data_set": _("Datasæt taget ud af brug"),
    "trust.stop_reading": _("Hentning af systemer stoppet"),
    "trust.tie_system": _("Initiativ knyttet til et system"),
    "trust.untie_system": _("Initiativ fjernet fra et system"),
    "trust.use_data_set": _("Brug af datasæt skrevet ned"),
    "trust.write_data_set": _("Datasæt skrevet ned"),
    "trust.write_exit_plan": _("Exitplan skrevet"),
}

SUBJECTS: dict[str, Any] = {
    "benefits": _("gevinster"),
    "business_cases": _("business cases"),
    "exchange": _("regneark"),
    "lists": _("gemte visninger"),
    "messages": _("beskeder"),
    "organisations": _("enheder og personer"),
    "portfolio": _("initiativer"),
    "reporting": _("min uge"),
}

FACTS: dict[str, Any] = {
    "act": _("Det, der blev fortrudt"),
    "after": _("Efter"),
    "amount": _("Beløb"),
    "away_until": _("Væk til og med"),
    "before": _("Før"),
    "changed": _("Rettet"),
    "corrected": _("Rettede værdier"),
    "aspect": _("Handler om"),
    "decided_by": _("Besluttet af"),
    "email": _("E-mail"),
    "first": _("Første dag"),
    "high": _("Højst"),
    "kind": _("Slags"),
    "last": _("Sidste dag"),
    "likely": _("Sandsynligt"),
    "low": _("Mindst"),
    "name": _("Navn"),
    "node": _("Led"),
    "new": _("Nye værdier"),
    "owner": _("Ejer"),
    "page": _("Side"),
    "note": _("Besked"),
    "parent": _("Ligger under"),
    "place": _("Sted"),
    "pool": _("Pulje"),
    "portion": _("Del"),
    "provider": _("Log-ind gennem"),
    "probability": _("Sandsynlighed"),
    "reason": _("Begrundelse"),
    "risk": _("Risiko"),
    "rhythm": _("Hvor tit"),
    "role": _("Rolle"),
    "to": _("Til"),
    "unit": _("Enhed"),
    "value": _("Værdi"),
    "version": _("Version"),
}

LONGEST_FACT = 400


def say(verb: str) -> str:
    """Return an act in words; the verb itself when nobody has given it words."""
    return str(VERBS.get(verb, verb))


def subjects() -> list[tuple[str, str]]:
    """Return the subjects whose acts are logged, with their words."""
    return [(code, str(word)) for code, word in SUBJECTS.items()]


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the facts of an act as (name, text), without those that say nothing."""
    return [
        (str(FACTS.get(name, name)), _said(name, value)[:LONGEST_FACT])
        for name, value in facts.items()
        if value not in (None, "", [], {})
    ]


def _said(name: str, value: Any) -> str:
    if name == "role" and value in content.codes("role"):
        return content.label("role", value)
    if name == "kind" and value in content.codes("map_node"):
        return content.label("map_node", value)
    if name == "act":
        return say(value)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, dict):
        if set(value) == {"id", "label"}:
            return str(value["label"])
        return "; ".join(f"{FACTS.get(name, name)}: {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return "–" if value is None else str(value)
