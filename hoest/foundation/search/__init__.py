"""One search over everything: initiatives, benefits, units, committees and words of the glossary.

Words: a *finder* is a subject's way to find its own things; a *find* is one thing with the words
that tell it from others; a *group* is what one finder found.

Others may import: `finders` (register, Find, Finds). Registering happens in `AppConfig.ready`; a
finder begins at what the actor may see, and reads in a constant number of queries.
"""
