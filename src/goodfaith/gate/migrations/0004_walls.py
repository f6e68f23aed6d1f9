from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0003_consents"),
        ("law", "0002_purposes_matters_measures"),
        ("parties", "0002_log_in"),
        ("subjects", "0003_key"),
        ("ledger", "0002_sealing"),
    ]
    operations = sqlfile.run(
        __file__, "guards.sql", "who.sql", "allowed.sql", "opening.sql", "checking.sql", "consenting.sql", "mine.sql"
    )
