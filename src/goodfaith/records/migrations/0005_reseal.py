from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_open_by_item_day"),
        ("subjects", "0004_key_guard"),
    ]
    operations = sqlfile.run(__file__, "reseal.sql")
