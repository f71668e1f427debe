"""The pages of the profile: its four portions, what is odd in it, and outcome pools."""
