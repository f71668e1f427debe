from django.db import migrations

from hoest.foundation.search.similar import column_sql, drop_sql

TABLE = "trust_system"


class Migration(migrations.Migration):
    """Let PostgreSQL keep the words of systems, so that similar ones are found."""

    dependencies = [("trust", "0001_systems"), ("portfolio", "0008_similar_words")]

    operations = [
        migrations.RunSQL(column_sql(TABLE, "name", "local_name", "purpose"), drop_sql(TABLE)),
    ]
