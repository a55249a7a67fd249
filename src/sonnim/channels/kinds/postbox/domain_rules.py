"""Whether mail from a domain will be believed: SPF, DKIM and DMARC judged from its records; pure.

The words for the codes are the console's. `state`: fine, weak, bad, unknown.
"""

import re
from collections.abc import Sequence

from typing_extensions import TypedDict

MOST_LOOKUPS = 10  # RFC 7208: a record that needs more is void


class Check(TypedDict):
    """One of the three.

    `code` says what was found, `record` is the record itself, `wanted` the record or part that would mend it, and
    `name` where it stands.
    """

    kind: str
    state: str
    code: str
    name: str
    record: str
    wanted: str


def spf_records(texts: Sequence[str]) -> list[str]:
    """The SPF records among a name's texts."""
    return [text for text in texts if re.match(r"v=spf1( |$)", text, re.I)]


def spf_targets(record: str) -> list[str]:
    """The names whose records a record takes in."""
    found = re.findall(r"(?:^|\s)\+?(?:include:|redirect=)(\S+)", record, re.I)
    return [name.rstrip(".").lower() for name in found if "%" not in name]


def judge_spf(domain: str, records: Sequence[str], *, taken_in: Sequence[str], wanted: str) -> Check:
    """Judge SPF.

    Args:
        records: the domain's SPF records.
        taken_in: all names that they take in, through others too; more than MOST_LOOKUPS make the record void.
        wanted: the name that the shop's own mail server needs there; empty when it is not known.
    """
    include = f"include:{wanted}" if wanted else ""
    if not records:
        mended = f"v=spf1 {include} ~all" if include else ""
        return _check("spf", "bad", "missing", domain, "", mended)
    record = records[0]
    if len(records) > 1:
        return _check("spf", "bad", "several", domain, " / ".join(records), "")
    if len(taken_in) > MOST_LOOKUPS:
        return _check("spf", "bad", "too_many", domain, record, "")
    if wanted and wanted not in taken_in:
        return _check("spf", "bad", "sender_missing", domain, record, include)
    if re.search(r"(^|\s)\+?all(\s|$)", record, re.I):
        return _check("spf", "bad", "everybody", domain, record, "~all")
    if not wanted:
        return _check("spf", "fine", "present", domain, record, "")
    return _check("spf", "fine", "sender_named", domain, record, "")


def judge_dkim(domain: str, keys: Sequence[tuple[str, str]]) -> Check:
    """Judge DKIM by the keys that were found: pairs of selector and record. None proves nothing: names are free."""
    living = [(selector, record) for selector, record in keys if re.search(r"(^|;)\s*p=[^;\s]", record)]
    if living:
        selector, record = living[0]
        return _check("dkim", "fine", "found", f"{selector}._domainkey.{domain}", record[:120], "")
    if keys:
        return _check("dkim", "bad", "revoked", f"{keys[0][0]}._domainkey.{domain}", keys[0][1][:120], "")
    return _check("dkim", "weak", "not_found", f"…._domainkey.{domain}", "", "")


def judge_dmarc(name: str, texts: Sequence[str]) -> Check:
    """Judge DMARC by the texts at `_dmarc.` of the domain or of the one above it."""
    records = [text for text in texts if re.match(r"v=DMARC1\s*(;|$)", text, re.I)]
    if not records:
        return _check("dmarc", "bad", "missing", name, "", "v=DMARC1; p=none")
    if len(records) > 1:
        return _check("dmarc", "bad", "several", name, " / ".join(records), "")
    policy = re.search(r";\s*p\s*=\s*(\w+)", records[0], re.I)
    match policy[1].lower() if policy else "":
        case "reject" | "quarantine":
            return _check("dmarc", "fine", "strict", name, records[0], "")
        case "none":
            return _check("dmarc", "weak", "watching", name, records[0], "p=quarantine")
    return _check("dmarc", "bad", "malformed", name, records[0], "v=DMARC1; p=none")


def unanswered(kind: str, name: str) -> Check:
    """The name servers were silent."""
    return _check(kind, "unknown", "no_answer", name, "", "")


def of_provider(kind: str, name: str) -> Check:
    """The domain is the provider's own; the shop neither can nor must do anything."""
    return _check(kind, "fine", "providers", name, "", "")


def _check(kind: str, state: str, code: str, name: str, record: str, wanted: str) -> Check:
    return Check(kind=kind, state=state, code=code, name=name, record=record[:500], wanted=wanted)
