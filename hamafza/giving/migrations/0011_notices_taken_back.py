import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("giving", "0010_payment_states_in_use"),
    ]

    operations = [
        migrations.AddField(
            model_name="appropriation",
            name="reversed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="appropriation",
            name="reversed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appropriation",
            name="reverse_reason",
            field=models.CharField(blank=True, default="", editable=False, max_length=200, verbose_name="Reason"),
        ),
        migrations.RemoveConstraint(model_name="appropriation", name="appropriation_once"),
        migrations.AddConstraint(
            model_name="appropriation",
            constraint=models.UniqueConstraint(
                condition=Q(reversed_at__isnull=True), fields=("county", "number"), name="appropriation_once"
            ),
        ),
    ]
