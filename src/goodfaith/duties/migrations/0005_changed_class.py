from django.db import migrations, models
from django.db.models import Q

from goodfaith.common import sqlfile

KIND = Q(kind__in=["deadline", "unit", "class", "end"], duty__isnull=False) | Q(
    kind="succession", duty__isnull=True, old_unit__isnull=False, new_unit__isnull=False, on__isnull=False
) & ~Q(document_no="")


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_disclosure")]
    operations = [
        migrations.RemoveConstraint("change", "duty_change_kind"),
        migrations.AddConstraint("change", models.CheckConstraint(condition=KIND, name="duty_change_kind")),
        *sqlfile.run(__file__, "changed_class.sql"),
    ]
