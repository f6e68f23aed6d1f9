from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0003_key"),
        ("records", "0004_open_by_item_day"),
    ]
    operations = sqlfile.run(__file__, "keys.sql")
