from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
        ("gate", "0005_rights"),
        ("records", "0002_guards"),
        ("parties", "0005_investigators"),
    ]
    operations = sqlfile.run(__file__, "standing.sql", "guards.sql", "open.sql")
