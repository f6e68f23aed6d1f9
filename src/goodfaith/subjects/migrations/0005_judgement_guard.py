from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("subjects", "0004_key_guard")]
    operations = sqlfile.run(__file__, "judgement.sql")
