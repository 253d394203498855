"""Static files under names that hold their content's hash, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as WhiteNoise


class HashedStaticFiles(WhiteNoise):  # type: ignore[misc]  # whitenoise comes without types
    """As WhiteNoise has it, and the imports between our own ES modules follow the hashed names."""

    support_js_module_import_aggregation = True
    # Ours alone: scripts of other packages mention imports in comments, which Django would follow.
    _js_module_import_aggregation_patterns = ("ui/*.js", WhiteNoise._js_module_import_aggregation_patterns[1])  # noqa: SLF001 - Django's hook for it
