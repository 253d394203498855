"""Who works with a person: allocating, handing over when somebody leaves, and standing in during a leave."""
