from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("giving", "0012_gifts_go_with_their_money")]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="annual_year",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=Q(kind="annual", voided_at__isnull=True),
                fields=("benefactor", "annual_year"),
                name="receipt_one_valid_a_year",
            ),
        ),
    ]
