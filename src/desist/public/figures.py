"""The sourced figures as the pages show them: in a sentence, as a chart with its table, and as one list."""

from collections.abc import Sequence

from jinja2 import Environment

from desist.public.languages import Language


class Figures:
    def inline(self, name: str, language: Language, page: str) -> str:
        return name

    def chart(self, names: Sequence[str], templates: Environment, language: Language, page: str) -> str:
        return ""

    def table(self, templates: Environment, language: Language) -> str:
        return ""

    claims = need = table
