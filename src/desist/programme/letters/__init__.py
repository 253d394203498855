"""Letters to a person and to the referrer: the service's own templates, known facts, and a register of what went out."""
