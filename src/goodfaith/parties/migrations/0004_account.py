from django.db import migrations

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_starter"),
        ("gate", "0002_entries"),
        ("ledger", "0002_sealing"),
        ("subjects", "0001_initial"),
        ("common", "0001_initial"),
        ("sessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = sqlfile.run(__file__, "account.sql")
