"""Built once for every subject: tenancy, access, audit, lists, imports, content, database."""
