from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_evidence_digests"), ("parties", "0005_investigators")]
    operations = sqlfile.run(__file__, "disclosure.sql", "open_evidence.sql")
