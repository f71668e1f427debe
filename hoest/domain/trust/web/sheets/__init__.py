"""Pages of reassurance sheets."""
