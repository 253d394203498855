from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='recalled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='happening',
            name='what',
            field=models.CharField(choices=[('received', 'Received from the referrer'), ('typed_in', 'Entered here'), ('imported', 'Imported from a table'), ('who_is_told', 'The person to be told was chosen'), ('amended', 'Amended by the referrer'), ('attached', 'File attached'), ('removed', 'File removed'), ('file_recalled', 'File recalled by the referrer'), ('decided', 'Decided'), ('take_back_typed', 'Withdrawal entered, not confirmed yet'), ('not_taken_back', 'Not withdrawn: that was entered by mistake'), ('withdrawn', 'Withdrawn by the referrer'), ('reached', 'The person’s own contact details changed here'), ('read', 'The change was read'), ('went_on', 'The programme continues despite the withdrawal'), ('ended', 'The programme ended'), ('order_told', 'The police sent details of an order'), ('reopened', 'The programme goes on after its end'), ('reason_changed', 'Reason of the leaving changed'), ('order_typed', 'Order entered from its certified copy'), ('order_changed', 'Entered order changed'), ('order_ended', 'Entered order ended'), ('planned', 'Sessions planned'), ('put_right', 'Session record corrected'), ('offered', 'Exit report sent for review'), ('taken_back', 'Exit report withdrawn from review by its author'), ('given_back', 'Exit report returned unsigned'), ('reported', 'Exit report signed'), ('followed_up', 'Follow-up after the end')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), models.Q(('name', ''), ('sealed', b''), ('size', 0)), _connector='OR'), name='a_recalled_file_holds_nothing'),
        ),
    ]
