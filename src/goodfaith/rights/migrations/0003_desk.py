from django.db import migrations, models

from goodfaith.common import sqlfile


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_functions")]
    operations = [
        migrations.CreateModel(
            name="LetterCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("year", models.SmallIntegerField()),
                ("last", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "year"), name="letters_counted_once")],
            },
        ),
        *sqlfile.run(__file__, "desk.sql"),
    ]
