import hamafza.core.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_roles_of_working_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='mobile',
            field=hamafza.core.fields.SealedTextField(blank=True, default='', verbose_name='Mobile'),
        ),
    ]
