"""The models of the audit's pages, gathered for Django: the slices hold them."""

from desist.audit.downloads.models import Download

__all__ = ["Download"]
