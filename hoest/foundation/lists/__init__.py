"""Lists: declared once (queryset, table, filter, permission), shown as page, partial and files."""
