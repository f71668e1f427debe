from django.db import migrations

from hoest.foundation.search.similar import FUNCTION, column_sql, drop_sql

TABLE = "portfolio_initiative"


class Migration(migrations.Migration):
    """Let PostgreSQL keep the words of initiatives, so that similar ones are found."""

    dependencies = [("portfolio", "0007_initiative_facts")]

    operations = [
        migrations.RunSQL(FUNCTION, "drop function public.hoest_word_parts(text)"),
        migrations.RunSQL(column_sql(TABLE, "title", "in_practice", "theme"), drop_sql(TABLE)),
    ]
