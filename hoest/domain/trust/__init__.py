"""Trust: systems, suppliers and data as others register them, ethics, and what citizens are told.

Words: system, leverandør, databehandler, datasæt, tryghedsblad, dataetisk vurdering. Others may
import rules, queries, permissions and actions. Høst shows and links; the registers stay elsewhere.
"""
