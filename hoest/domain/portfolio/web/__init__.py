"""Pages of portfolio."""
