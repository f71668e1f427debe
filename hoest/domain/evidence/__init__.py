"""Evidence: series over places and time, and whether a benefit is there.

Words: serie, sted, brud, effektmåling, effekt, grad, dom, lodtrækning. A series holds what was
measured in several places over time. A study (effektmåling) asks of one benefit and one series
whether the change is there and would not have come anyway; each answer is an estimate that stays.
Others may import rules, queries, permissions and actions; the models stay home.
"""
