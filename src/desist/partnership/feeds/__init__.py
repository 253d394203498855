"""The calendar of the officers who keep the register of orders: days, by crime reference."""
