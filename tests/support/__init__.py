"""What tests share: the database, the two municipalities, the browser."""
