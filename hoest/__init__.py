"""Høst: the leadership system for a municipality's digitalisation, from promise to harvest."""

__version__ = "0.1.0"
