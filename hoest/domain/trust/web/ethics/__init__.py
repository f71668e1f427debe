"""Pages of ethics screenings and of the stances of committees."""
