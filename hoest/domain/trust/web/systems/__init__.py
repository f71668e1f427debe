"""Pages of systems."""
