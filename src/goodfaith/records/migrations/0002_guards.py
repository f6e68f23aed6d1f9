from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("ledger", "0001_initial"),
        ("common", "0001_initial"),
    ]
    operations = sqlfile.run(__file__, "guards.sql")
