"""Pages of reuse."""
