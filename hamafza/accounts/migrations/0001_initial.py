import django.db.models.deletion
import django.utils.timezone
import hamafza.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.UUIDField(default=hamafza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('welfare_office', 'Welfare office'), ('governor_office', "Governor's office"), ('agency', 'Agency'), ('charity', 'Charity'), ('company', 'Company'), ('centre_operator', 'Centre operator'), ('group', 'Mosque or group')], max_length=20, verbose_name='Kind')),
                ('name_fa', models.CharField(max_length=160, verbose_name='Persian name')),
                ('name_en', models.CharField(blank=True, default='', max_length=160, verbose_name='English name')),
                ('national_org_id', models.CharField(blank=True, default='', max_length=11, verbose_name='National identifier')),
                ('active', models.BooleanField(default=True, verbose_name='Active')),
                ('name_key', models.CharField(default='', editable=False, max_length=160)),
                ('sort_key', models.CharField(default='', editable=False, max_length=340)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.organization', verbose_name='Parent body')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organizations', to='places.place', verbose_name='Place')),
            ],
            options={
                'ordering': ['sort_key', 'id'],
                'indexes': [models.Index(fields=['sort_key', 'id'], name='organization_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['welfare_office', 'governor_office', 'agency', 'charity', 'company', 'centre_operator', 'group'])), name='organization_kind_known'), models.UniqueConstraint(fields=('place', 'name_key'), name='organization_name_in_place')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=hamafza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='User name')),
                ('full_name', models.CharField(max_length=120, verbose_name='Full name')),
                ('language', models.CharField(choices=[('fa', 'Persian'), ('en', 'English')], default='fa', max_length=5, verbose_name='Language')),
                ('is_active', models.BooleanField(default=True, verbose_name='May sign in')),
                ('must_change_password', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('search_key', models.CharField(default='', editable=False, max_length=200)),
                ('sort_key', models.CharField(default='', editable=False, max_length=260)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.organization', verbose_name='Organisation')),
            ],
            options={
                'ordering': ['sort_key', 'id'],
                'indexes': [models.Index(fields=['sort_key', 'id'], name='user_by_name')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=hamafza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('ip', models.GenericIPAddressField(null=True)),
                ('device', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-seen_at'],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=hamafza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('national_admin', 'National administrator'), ('province_director', 'Province director'), ('county_head', 'Head of the county office'), ('social_worker', 'Social worker'), ('governor_office', "Governor's office"), ('auditor', 'Auditor')], max_length=20, verbose_name='Role')),
                ('valid_from', models.DateField(verbose_name='From')),
                ('valid_to', models.DateField(blank=True, help_text='The last day of the duty; empty: until further notice.', null=True, verbose_name='Until')),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('given_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='Place')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'ordering': ['user', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['national_admin', 'province_director', 'county_head', 'social_worker', 'governor_office', 'auditor'])), name='duty_role_known'), models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('given_by', models.F('user')), _negated=True), _connector='OR'), name='duty_not_self_given'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='duty_dates_in_order')],
            },
        ),
    ]
