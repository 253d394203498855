"""What an advocate is told of a breach on its way through the courts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0002_allowances'),
    ]

    operations = [
        migrations.AlterField(
            model_name='update',
            name='event',
            field=models.CharField(choices=[('order_made', 'A Stalking Protection Order was made'), ('order_varied', 'The Stalking Protection Order was varied'), ('order_renewed', 'The Stalking Protection Order was renewed'), ('order_ended', 'The Stalking Protection Order has ended'), ('order_breach', 'A breach of the Stalking Protection Order was recorded'), ('order_served', 'The Stalking Protection Order was served: the person is bound by it now'), ('order_arrested', 'The person was arrested for breach of the order'), ('order_bail', 'The person was released on bail, with conditions'), ('order_bail_none', 'The person was released on bail, without conditions'), ('order_charged', 'The person was charged with breach of the order'), ('order_court', 'There is a court date about the breach of the order'), ('order_outcome', 'The case about the breach of the order has an outcome'), ('order_released', 'The person was released from custody'), ('order_changed', 'The Stalking Protection Order changed'), ('started', 'The person began a programme'), ('not_started', 'The person has not begun a programme after all'), ('left', 'The person left the programme'), ('completed', 'The person completed the programme'), ('ending', 'The person’s place on the programme is about to end'), ('stays', 'The person is on the programme after all, or is back on it'), ('alert', 'The police or the programme raised an alert')], max_length=16),
        ),
        migrations.AlterField(
            model_name='updateevent',
            name='event',
            field=models.CharField(choices=[('order_made', 'A Stalking Protection Order was made'), ('order_varied', 'The Stalking Protection Order was varied'), ('order_renewed', 'The Stalking Protection Order was renewed'), ('order_ended', 'The Stalking Protection Order has ended'), ('order_breach', 'A breach of the Stalking Protection Order was recorded'), ('order_served', 'The Stalking Protection Order was served: the person is bound by it now'), ('order_arrested', 'The person was arrested for breach of the order'), ('order_bail', 'The person was released on bail, with conditions'), ('order_bail_none', 'The person was released on bail, without conditions'), ('order_charged', 'The person was charged with breach of the order'), ('order_court', 'There is a court date about the breach of the order'), ('order_outcome', 'The case about the breach of the order has an outcome'), ('order_released', 'The person was released from custody'), ('order_changed', 'The Stalking Protection Order changed'), ('started', 'The person began a programme'), ('not_started', 'The person has not begun a programme after all'), ('left', 'The person left the programme'), ('completed', 'The person completed the programme'), ('ending', 'The person’s place on the programme is about to end'), ('stays', 'The person is on the programme after all, or is back on it'), ('alert', 'The police or the programme raised an alert')], max_length=16),
        ),
    ]
