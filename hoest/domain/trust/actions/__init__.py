"""Writes of trust. Each is one act: permission, change, audit."""
