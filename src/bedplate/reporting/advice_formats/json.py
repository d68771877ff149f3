"""Advice as JSON, for programs; every field is described in docs/advise.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.reporting.json_text import json_text

if TYPE_CHECKING:
    from bedplate.model.advice import Advice, Judgement, Remark
    from bedplate.model.needs import Evidence, Needs
    from bedplate.model.verdict import Proof
    from bedplate.reporting.look import Look

NAME = "json"
SCHEMA = "bedplate/advice/1"


def write(advice: Advice, _look: Look) -> str:
    """Write everything that is known."""
    best = advice.advised
    return json_text(
        {
            "schema": SCHEMA,
            "path": advice.path,
            "advised": best.image if best else None,
            "stays": advice.stays,
            "preference": str(advice.preference),
            "why": list(advice.why),
            "gains": list(advice.gains),
            "tests": list(advice.tests),
            "next_version": advice.next_version,
            "candidates": [_judgement(one) for one in advice.judgements],
            "needs": _needs(advice.needs),
            "skipped": [{"what": one.what, "reason": one.reason} for one in advice.skipped],
        }
    )


def _judgement(one: Judgement) -> dict[str, Any]:
    facts, counts = one.facts, one.vulnerabilities
    return {
        "image": one.image,
        "digest": one.digest or None,
        "family": one.family.name,
        "builder": one.builder or None,
        "current": one.current,
        "standing": str(one.standing),
        "score": None
        if one.score is None
        else {
            "total": one.score.total,
            "size": one.score.size,
            "security": one.score.security,
            "compatibility": one.score.compatibility,
        },
        "remarks": [_remark(remark) for remark in one.remarks],
        "proofs": [_proof(proof) for proof in one.proofs],
        "packages": [
            {
                "name": move.name,
                "target": move.target or None,
                "known": move.known,
                "shown_by": move.shown_by,
            }
            for move in one.moves
        ],
        "libc": one.family.libc or None,
        "shell": one.family.shell,
        "user": (facts.user if facts else None) or one.family.user or None,
        "compressed_size": facts.compressed_size if facts else None,
        "disk_size": facts.disk_size if facts else None,
        "platforms": list(facts.platforms) if facts and facts.platforms is not None else None,
        "created": facts.created if facts else None,
        "observed": facts.observed if facts else None,
        "origin": facts.origin if facts else None,
        "vulnerabilities": None
        if counts is None
        else {"total": counts.total, "fixable": counts.fixable, "as_of": counts.as_of},
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "about": remark.about,
        "text": remark.text,
        "refuses": remark.refuses,
        "unsure": remark.unsure,
        "fix": remark.fix,
        "evidence": list(remark.evidence),
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "path": proof.path,
        "package": proof.package,
        "outcome": str(proof.outcome),
        "reason": proof.reason,
        "missing": proof.missing,
        "provided_by": list(proof.provided_by),
        "fix": proof.fix,
        "evidence": list(proof.evidence),
    }


def _needs(needs: Needs) -> dict[str, Any]:
    return {
        "kind": needs.kind,
        "title": needs.title,
        "version": needs.version or None,
        "versions": [
            {"cycle": one.cycle, "exact": one.exact, "evidence": _place(one.evidence)}
            for one in needs.versions
        ],
        "needs": [
            {
                "kind": str(one.kind),
                "what": one.what,
                "avoidable": one.avoidable,
                "evidence": _place(one.evidence),
            }
            for one in needs.needs
        ],
        "packages": [
            {
                "name": one.name,
                "manager": one.manager,
                "to_build": one.to_build,
                "evidence": _place(one.evidence),
            }
            for one in needs.packages
        ],
        "platforms": list(needs.platforms),
        "command": list(needs.start.command),
        "ports": list(needs.ports),
        "image": needs.image or None,
    }


def _place(evidence: Evidence) -> dict[str, Any]:
    return {"path": evidence.path, "line": evidence.line or None, "text": evidence.text}
