"""Serves the static files that were there when the process started, and those that a newer version puts beside them.

While a new version takes over, a page of the one may ask a process of the other for its styles.
"""

import posixpath
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

PACKED = (".gz", ".br")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise comes without types
    """WhiteNoise, which looks once more where a static file is there that it does not know."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file of this address, or with what comes after this."""
        if self._came_since(request.path_info):
            self.add_files(self.static_root, prefix=self.static_prefix)
        response: HttpResponse = super().__call__(request)
        return response

    def _came_since(self, path: str) -> bool:
        ours = self.static_root and path.startswith(self.static_prefix) and path not in self.files
        if not ours or path.endswith(PACKED) or posixpath.normpath(path) != path or "\0" in path:
            return False
        return Path(self.static_root, path.removeprefix(self.static_prefix)).is_file()
