from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("oversight", "0002_complaints"), ("gate", "0003_consents")]
    operations = sqlfile.run(__file__, "reading.sql", "reviews.sql", "misuse.sql", "findings.sql")
