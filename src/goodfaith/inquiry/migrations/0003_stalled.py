from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0002_opening")]
    operations = sqlfile.run(__file__, "stalled.sql")
