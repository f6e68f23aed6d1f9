import django.contrib.postgres.fields
from django.db import migrations, models

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0004_walls"),
        ("records", "0006_marks"),
    ]
    operations = [
        migrations.CreateModel(
            name="Given",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("unit", models.CharField(max_length=40)),
                ("records", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={"indexes": [models.Index(fields=["subject_id"], name="given_of_subject")]},
        ),
        migrations.AlterField(model_name="message", name="entry_id", field=models.BigIntegerField(null=True)),
        migrations.RemoveConstraint(model_name="message", name="message_kind"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["look", "request", "case", "finding"]), name="message_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="finding") | models.Q(entry_id__isnull=False), name="message_has_entry"
            ),
        ),
        *sqlfile.run(__file__, "rights.sql"),
    ]
