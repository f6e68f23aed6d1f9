from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_guards"),
        ("subjects", "0001_initial"),
        ("law", "0001_initial"),
    ]
    operations = sqlfile.run(__file__, "change.sql")
