"""Help: the pages that explain Høst itself. They hold no rows of anybody.

What: `/hjaelp/` with ways on, `/hjaelp/stigen/` the ladder with one example going up, and
`/hjaelp/tal/` where figures come from. The glossary, the roles and one's first steps have pages of
their own, and Help leads to them. The example on the ladder is a panel of benefits, made by the
rules that place real benefits, so it cannot tell something else than the product does.
"""
