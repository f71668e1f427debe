"""The look: layout, components, styles, words for numbers and the pictures.

What others may use: the templates ``layout/*`` and ``cotton/*``, the template tag libraries
``danish`` and ``ui``, ``formats`` (pure), ``pictures`` (pure) and ``glossary.set_lookup``.
Nothing here knows a subject of the product, and nothing here reads the database.
"""
