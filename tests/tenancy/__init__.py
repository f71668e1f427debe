"""Municipalities are kept apart: every address, verb and role; every policy; every connection."""
