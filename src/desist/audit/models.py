"""Every model of the audit's pages, in one place for Django: the slices hold them."""

from desist.audit.downloads.models import Download

__all__ = ["Download"]
