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
    ),
)


class HashedStaticFiles(WhiteNoise):  # type: ignore[misc]  # whitenoise comes without types
    """As WhiteNoise has it, and the imports between our own ES modules follow the hashed names."""

    patterns = (*WhiteNoise.patterns, IMPORTS)
