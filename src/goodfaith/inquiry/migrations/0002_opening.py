from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0001_batches"), ("gate", "0002_entries"), ("ledger", "0002_sealing")]
    operations = sqlfile.run(__file__, "inquiry.sql")
