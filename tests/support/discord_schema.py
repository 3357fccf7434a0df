"""Discord's own specification and rules, where they lie beside this checkout; they are no part of this repository."""

import importlib
import re
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from bot.terminal.payloads import SentRequest
from tests.support.paths import SHARED

HAS_SCHEMA = (SHARED / "discordsim" / "spec.py").is_file() and (SHARED / "discord" / "openapi.json").is_file()
NO_SCHEMA_NOTICE = (
    "Discord's own schema is not beside this checkout (../shared/discord): every reply was judged by the table in "
    "bot/frontend/limits.py alone."
)


def schema_faults(request: SentRequest) -> Sequence[str]:
    """The faults that Discord's specification and rules find in one request."""
    spec, rules = _spec_and_rules()
    operation, _ = spec.match(request.method, re.sub(r"\{[^}]+\}", "1", request.path))
    assert operation is not None, request.path
    faults: list[str] = spec.body_errors(operation, "application/json", request.body)
    if request.body.get("type") in {4, 7} or "components" in request.body:
        data = dict(request.body.get("data") or {}) if "type" in request.body else request.body
        faults += rules.message_errors(
            data, {f"files[{n}]": (file.name, file.content, "") for n, file in enumerate(request.files)}
        )
    return faults


def specification() -> dict[str, Any]:
    """Discord's description of its own API (OpenAPI)."""
    raw: dict[str, Any] = _spec_and_rules()[0].raw
    return raw


@cache
def _spec_and_rules() -> tuple[Any, Any]:
    sys.path.insert(0, str(SHARED))
    try:
        return importlib.import_module("discordsim.spec").Spec(), importlib.import_module("discordsim.rules")
    finally:
        sys.path.remove(str(SHARED))
