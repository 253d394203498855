"""When a person cannot come: work, worship, caring. A time a week, or one day."""
