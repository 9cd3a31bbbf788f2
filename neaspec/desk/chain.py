"""The trail of steps: each carries a hash of itself and of the one before, so that a changed one is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

FIRST = "0" * 64
HASHED = ("number", "submission_id", "edition", "action", "version", "content_hash", "note", "by", "at", "hash_before")


def content_hash(content: str) -> str:
    """Return the SHA-256 of the text of a version."""
    return hashlib.sha256(content.encode()).hexdigest()


def step_hash(step: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a step: its columns as JSON with sorted names, the hash of the step before among them."""
    text = json.dumps({name: step[name] for name in HASHED}, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def faults(steps: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with a trail, told in its order; nothing for one that was only ever added to."""
    problems: list[str] = []
    before, number = FIRST, 0
    for step in steps:
        number += 1
        if step["number"] != number:
            problems.append(f"step {number} is missing; step {step['number']} follows step {number - 1}")
            number = step["number"]
        if step["hash_before"] != before:
            problems.append(f"step {step['number']} does not follow the step before it")
        if step["hash"] != step_hash(step):
            problems.append(f"step {step['number']} was changed after it was written")
        before = step["hash"]
    return problems
