"""Static files under names that hold their content's hash, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as WhiteNoise

#: how our own ES modules import each other: scripts of other packages mention imports in comments, which would be followed
IMPORTS = (
    "ui/*.js",
    (
        (
            r"""(?P<matched>import(?P<names>\s[^;]*?)\s*from\s*['"](?P<url>[./][^'"]*)['"]\s*;)""",
            """import%(names)s from "%(url)s";""",
        ),
        (r"""(?P<matched>import\(['"](?P<url>[./][^'"]*)['"]\))""", """import("%(url)s")"""),
    ),
)


class HashedStaticFiles(WhiteNoise):  # type: ignore[misc]  # whitenoise comes without types
    """WhiteNoise's storage, with hashed names in the imports between our own ES modules."""

    patterns = (*WhiteNoise.patterns, IMPORTS)
