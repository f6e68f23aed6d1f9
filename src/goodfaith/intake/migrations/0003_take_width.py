from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("intake", "0002_initial")]

    operations = [
        migrations.AlterField(
            model_name="delivery", name="take", field=models.CharField(default="", max_length=12)
        ),
    ]
