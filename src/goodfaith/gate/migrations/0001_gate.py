from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_guards"),
        ("subjects", "0001_initial"),
        ("parties", "0001_initial"),
        ("intake", "0002_initial"),
        ("law", "0001_initial"),
        ("ledger", "0001_initial"),
    ]
    operations = sqlfile.run(__file__, "open.sql", "gate.sql")
