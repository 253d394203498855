"""Backups: one encrypted archive a site, useless without the site's key file, which is never in it."""
