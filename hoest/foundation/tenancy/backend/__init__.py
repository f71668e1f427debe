"""A PostgreSQL backend for Django that binds the tenant at every BEGIN."""
