"""The areas of a site: added and renamed on a page by its administrators."""
