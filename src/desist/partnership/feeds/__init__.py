"""What the calendar of whoever keeps the register of orders tells: days, by crime reference."""
