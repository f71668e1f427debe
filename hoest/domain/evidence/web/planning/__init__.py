"""Pages before go-live: what could be seen, the order by lot, and what the neighbours found."""
