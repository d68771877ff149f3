"""There are trusted certificates for a program that speaks TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.verdict import Outcome
from bedplate.proving.app_file import CERTIFICATES_INSIDE

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "certificates"


def check(case: Case) -> Proof | None:
    """Ask for a bundle when the program verifies certificates and brings none along."""
    if case.file.is_packaged:
        return None
    uses = case.file.contents.uses
    if GoUse.CERTIFICATES not in uses or CERTIFICATES_INSIDE in uses:
        return None
    if case.situation.profile.certificates:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        "it verifies certificates, and the base has none: every TLS connection fails",
        missing="trusted certificates",
        provided_by=("ca-certificates",),
        fix="copy /etc/ssl/certs/ca-certificates.crt from the build stage",
        evidence=("crypto/x509.(*Certificate).Verify is in the program",),
    )
