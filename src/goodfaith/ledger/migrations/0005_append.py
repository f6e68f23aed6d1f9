from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_erasing")]
    operations = sqlfile.run(__file__, "append.sql")
