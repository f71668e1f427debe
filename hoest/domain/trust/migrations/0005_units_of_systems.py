from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0004_notice_by_end_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='system',
            name='responsible_unit',
            field=models.CharField(blank=True, max_length=300, verbose_name='ansvarlig enhed'),
        ),
        migrations.AddField(
            model_name='system',
            name='using_units',
            field=models.JSONField(default=list, verbose_name='bruges af'),
        ),
    ]
