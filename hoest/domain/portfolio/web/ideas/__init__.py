"""The pages of ideas: give one, follow it, answer it, assess it."""
