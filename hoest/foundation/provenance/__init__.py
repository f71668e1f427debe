"""Provenance: where a figure comes from, so that every number on screen can be traced.

A `Source` is a document, a file or an entry by a person. Figures point at it and add the place
inside it (`source_place`, such as "Økonomi, række 5").
"""
