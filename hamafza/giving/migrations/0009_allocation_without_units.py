from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("giving", "0008_instalments_whose_wish_is_over")]

    operations = [
        migrations.RemoveConstraint(model_name="allocation", name="allocation_of_whole_units"),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=Q(units__gt=0) | Q(released_rial__gt=0), name="allocation_of_whole_units"
            ),
        ),
    ]
