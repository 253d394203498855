"""Static files under names that hold their content's hash, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # it ships none


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # for the same reason
    """As WhiteNoise has it, and the imports between our ES modules follow the hashed names."""

    support_js_module_import_aggregation = True
