from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("gate", "0005_rights"),
        ("oversight", "0005_outbox"),
        ("intake", "0001_initial"),
    ]
    operations = sqlfile.run(
        __file__,
        "base.sql", "recalling.sql", "effects.sql", "acting.sql", "filing.sql", "reading.sql", "standing.sql", "jobs.sql",
        "guards.sql",
    )  # fmt: skip
