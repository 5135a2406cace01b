from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("giving", "0009_allocation_without_units")]

    operations = [
        migrations.AlterField(
            model_name="payment",
            name="state",
            field=models.CharField(
                choices=[("initiated", "Begun"), ("captured", "Paid"), ("failed", "Failed")],
                default="initiated",
                max_length=9,
            ),
        ),
    ]
