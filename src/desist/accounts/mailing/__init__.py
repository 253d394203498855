"""E-mails on their way: kept until the mail server took them, so that no page waits for it and none is lost."""
