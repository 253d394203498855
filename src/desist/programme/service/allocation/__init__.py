"""The allocation of people: to a practitioner, over to another when one leaves, and standing in during a leave."""
