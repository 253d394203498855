"""Papers about a client: the whole log for a statement or an application, and the papers for the client to keep."""
