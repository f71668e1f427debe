"""Pages of capacity: hours per role, what lands where, profiles of groups, the way from zero."""
