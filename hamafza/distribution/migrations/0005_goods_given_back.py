from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('distribution', '0004_losses_by_two_hands'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='movement',
            name='movement_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='movement',
            name='movement_signs_of_its_kind',
        ),
        migrations.AlterField(
            model_name='movement',
            name='kind',
            field=models.CharField(choices=[('in', 'In'), ('transfer_out', 'To another store'), ('transfer_in', 'From another store'), ('assemble_out', 'Packed into a kit'), ('assemble_in', 'Kit packed'), ('reserve', 'Reserved'), ('release', 'Released'), ('issue', 'Handed out'), ('return', 'Come back'), ('count', 'Adjusted by a count'), ('waste', 'Spoilt or lost'), ('expire', 'Expired'), ('given_back', 'Given back to the giver')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['in', 'transfer_out', 'transfer_in', 'assemble_out', 'assemble_in', 'reserve', 'release', 'issue', 'return', 'count', 'waste', 'expire', 'given_back'])), name='movement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['in', 'transfer_in', 'assemble_in', 'return']), ('quantity__gt', 0), ('reserved', 0)), models.Q(('kind__in', ['transfer_out', 'assemble_out', 'waste', 'expire', 'given_back']), ('quantity__lt', 0), ('reserved', 0)), models.Q(('kind', 'reserve'), ('quantity', 0), ('reserved__gt', 0)), models.Q(('kind', 'release'), ('quantity', 0), ('reserved__lt', 0)), models.Q(('kind', 'issue'), ('quantity__lt', 0), ('reserved', models.F('quantity'))), models.Q(('kind', 'count'), ('reserved', 0)), _connector='OR'), name='movement_signs_of_its_kind'),
        ),
    ]
