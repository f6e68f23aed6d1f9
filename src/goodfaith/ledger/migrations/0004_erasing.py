from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_sealer'),
    ]

    operations = [
        *sqlfile.run(__file__, "erasing.sql"),
    ]
