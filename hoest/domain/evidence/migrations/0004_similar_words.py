from django.db import migrations

from hoest.foundation.search.similar import column_sql, drop_sql

TABLE = "evidence_sharedeffect"


class Migration(migrations.Migration):
    """Let PostgreSQL keep the words of shared results, so that similar ones are found."""

    dependencies = [
        ("evidence", "0003_what_came_of_series"),
        ("portfolio", "0008_similar_words"),
    ]

    operations = [
        migrations.RunSQL(column_sql(TABLE, "solution", "series_name", "definition"), drop_sql(TABLE)),
    ]
