"""Pages of the security report and the registers it is made of."""
