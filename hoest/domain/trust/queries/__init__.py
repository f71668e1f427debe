"""Reads of trust; each begins at what the actor may see."""
