"""The shelf of rules over what the registry or the catalog know of an image."""

from bedplate.linting.fact_rule import FactRule
from bedplate.linting.fact_rules import (
    deprecated_image,
    digest_drift,
    digest_gone,
    digest_is_signature,
    end_of_life_base,
    package_name_absent,
    platform_missing,
    single_platform_digest,
    smaller_variant,
    stale_tag,
)

FACT_RULES: tuple[FactRule, ...] = (
    deprecated_image,
    digest_drift,
    digest_gone,
    digest_is_signature,
    end_of_life_base,
    package_name_absent,
    platform_missing,
    single_platform_digest,
    smaller_variant,
    stale_tag,
)
