import desist.postgresql.migrations
import desist.references
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        desist.postgresql.migrations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Challenge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('challenge', models.BinaryField(unique=True)),
                        ('purpose', models.CharField(max_length=60)),
                        ('made_at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('email', models.EmailField(max_length=254, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('invited_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(null=True)),
                        ('subject', models.CharField(blank=True, max_length=255)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='an_email_is_in_small_letters'), models.UniqueConstraint(condition=models.Q(('subject', ''), _negated=True), fields=('subject',), name='a_provider_knows_a_person_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Attempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('at', models.DateTimeField(db_index=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['digest', 'at'], name='attempts_of_one_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Authenticator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('secret', models.BinaryField()),
                        ('last_step', models.BigIntegerField()),
                        ('added_at', models.DateTimeField()),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='authenticator', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('role', models.CharField(choices=[('practitioner', 'Behaviour change practitioner'), ('manager', 'Programme manager'), ('supervisor', 'Clinical supervisor'), ('observer', 'Quality observer'), ('executive', 'Provider executive'), ('participant', 'Participant'), ('advocate', 'Independent stalking advocate'), ('advocacy_manager', 'Advocacy manager'), ('officer', 'Police referrer'), ('order_coordinator', 'Order coordinator'), ('force_lead', 'Force lead for stalking'), ('panel_chair', 'Panel chair'), ('partner', 'Partner agency'), ('commissioner', 'Commissioner'), ('evaluator', 'Evaluator'), ('administrator', 'Administrator'), ('data_protection_officer', 'Data protection officer'), ('post', 'Post'), ('clock', 'Clock'), ('entrance', 'Entrance'), ('console', 'Console')], max_length=40)),
                        ('area', models.CharField(max_length=40)),
                        ('given_by', models.CharField(max_length=40)),
                        ('given_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account', 'role', 'area'), name='a_role_is_held_once'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('given_at')), _connector='OR'), name='a_role_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='SignIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('device', models.CharField(max_length=40)),
                        ('began_at', models.DateTimeField()),
                        ('last_seen_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.CharField(blank=True, max_length=40)),
                        ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to='accounts.rolegrant')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='a_sign_in_is_ended_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='BrowserSession',
                    fields=[
                        ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                        ('session_data', models.TextField(verbose_name='session data')),
                        ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                        ('sign_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.signin', to_field='ref')),
                    ],
                    options={
                        'verbose_name': 'session',
                        'verbose_name_plural': 'sessions',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('purpose', models.CharField(choices=[('join', 'New account'), ('reset', 'Ways of signing in were reset'), ('recover', 'Asked for with a recovery code')], max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_by', models.CharField(max_length=40)),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('used_at', None)), fields=('account',), name='one_invitation_is_open'), models.CheckConstraint(condition=models.Q(('used_at', None), ('cancelled_at', None), _connector='OR'), name='an_invitation_ends_once'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='an_invitation_expires_later'), models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'reset'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_reset_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Passkey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('credential_id', models.BinaryField(unique=True)),
                        ('credential', models.BinaryField()),
                        ('counter', models.BigIntegerField()),
                        ('added_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_passkey_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='RecoveryCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('account', 'digest'), name='a_recovery_code_is_kept_once')],
                    },
                ),
            ],
        ),
    ]
