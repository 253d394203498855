"""How a sent form is read: as Django reads it, in a third of the steps."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

#: of the dictionary itself, which holds a list for each name
GET: Any = dict.get
SET: Any = dict.__setitem__
FORM = "application/x-www-form-urlencoded"


class Sent(QueryDict):
    """What was sent, by its names. Django asks of each name and value again whether it is text and may be added."""

    def appendlist(self, key: Any, value: Any) -> None:  # noqa: ANN401 -- Django's signature
        """Add a value to those of a name."""
        if not self._mutable or type(key) is not str or type(value) is not str:
            super().appendlist(key, value)
        elif (values := GET(self, key)) is None:
            SET(self, key, [value])
        else:
            values.append(value)

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 -- Django's signature
        """The last value of a name, or `default`, without raising what is not there to catch it."""
        values = GET(self, key)
        return values[-1] if values else default


class Request(WSGIRequest):
    """Django's own, but for how a form without files is read."""

    def _load_post_and_files(self) -> None:
        is_read = self._read_started  # type: ignore[attr-defined]  # the stubs leave it out
        if self.method == "POST" and self.content_type == FORM and self.encoding is None and not is_read:
            self._post = Sent(self.body, encoding="utf-8")
            self._files: MultiValueDict[str, Any] = MultiValueDict()
        else:
            super()._load_post_and_files()
