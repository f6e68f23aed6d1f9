from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_sealing'),
    ]

    operations = [
        *sqlfile.run(__file__, "sealer.sql"),
    ]
