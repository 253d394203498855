"""What stands in a week of the calendar."""
