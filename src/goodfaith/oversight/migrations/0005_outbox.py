from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_sending"), ("gate", "0003_consents")]
    operations = sqlfile.run(__file__, "answering.sql", "sending.sql")
