from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        ("gate", "0002_entries"),
        ("ledger", "0002_sealing"),
        ("subjects", "0001_initial"),
    ]
    operations = sqlfile.run(__file__, "base.sql", "complaints.sql")
