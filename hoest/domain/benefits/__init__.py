"""Benefits: who owns them, what is measured, what is taken home, and the rung they stand on.

Words: gevinst, gevinstejer, indikator, baseline, målværdi, måling, indhøstning, høststigen. The
rung is derived from facts in `rules.ladder`, never typed. Others may import rules, queries,
permissions and actions; the models stay home.
"""
