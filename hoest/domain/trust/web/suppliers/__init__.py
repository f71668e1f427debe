"""Pages of suppliers and contracts."""
