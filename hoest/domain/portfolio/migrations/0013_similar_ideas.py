from django.db import migrations

from hoest.foundation.search.similar import column_sql, drop_sql

TABLE = "portfolio_idea"


class Migration(migrations.Migration):
    """Let PostgreSQL keep the words of ideas, so that similar ones are found."""

    dependencies = [("portfolio", "0012_gates")]

    operations = [
        migrations.RunSQL(column_sql(TABLE, "title", "problem", "suggestion"), drop_sql(TABLE)),
    ]
