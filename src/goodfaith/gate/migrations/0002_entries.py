from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_gate"), ("ledger", "0002_sealing")]
    operations = sqlfile.run(__file__, "entries.sql")
