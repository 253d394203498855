"""The pages of the person on the programme, for their own phone. Their database is asked by functions alone (desist.phones)."""
