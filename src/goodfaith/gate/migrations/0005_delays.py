from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("gate", "0004_walls")]
    operations = sqlfile.run(__file__, "delays.sql")
