"""What a mail's head decides: its thread's subject, who may be believed, and what no machine may answer. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sonnim.letters.addresses import Address, is_robot
from sonnim.letters.letter import Letter

Fields = Mapping[str, Sequence[str]]
MAX_HOPS = 25
MAX_AUTOMATIC_AN_HOUR = 10
_ANSWERED = (
    "re|aw|antw|antwort|sv|vs|svar|ref|rif|odp|ynt|res|回复|回覆|答复|答覆|返信|답장|회신|답변|ответ|отв|"
    "fwd|fw|wg|tr|rv|enc|vl|doorst|i|转发|轉寄|轉發|転送|전달|пересл"
)
_PREFIX = re.compile(
    rf"^(?:(?:{_ANSWERED})\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]|\[[^\]]{{1,40}}\]|\*{{2,}}[^*]{{1,40}}\*{{2,}})\s*"
)
_TAG = re.compile(r"\[#(\d{1,15})\]")
_CUT = 40  # mail programs shorten long subjects
_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)")
_SPAM_LEVEL = re.compile(r"SCL:([5-9])|SFV:SPM")
_SUPPRESSED = frozenset({"all", "oof", "autoreply"})


def subject_core(subject: str) -> str:
    """A subject without what mail programs and servers put before it, for comparing."""
    core = " ".join(unicodedata.normalize("NFKC", subject).casefold().split())
    while found := _PREFIX.match(core):
        core = core[found.end() :]
    return core


def is_new_subject(subject: str, known: Sequence[str]) -> bool:
    """Whether a mail is about something else than the mails of the thread that it answers."""
    core = subject_core(subject)
    cores = {subject_core(each) for each in known} - {""}
    if not core or not cores or core in cores:
        return False
    return not any(_begins(core, each) or _begins(each, core) for each in cores)


def _begins(short: str, long: str) -> bool:
    stem = short.rstrip(".… ")
    return len(stem) >= _CUT and long.startswith(stem)


def conversation_tag(subject: str) -> int | None:
    """The number in `[#123]`: a hint for somebody who takes part, never more."""
    found = _TAG.search(subject)
    return int(found[1]) if found is not None else None


def bare_address(address: str) -> str:
    """In lower case, without what stands behind a plus."""
    local, at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def handed_on_for(letter: Letter, *, own: frozenset[str]) -> Address | None:
    """For whom a store's page or a form service sends a mail, under an address that takes none or is the shop's own.

    It names them where answers are to go. Notices and newsletters name their own house there, if anybody.

    Args:
        own: the shop's addresses, as `bare_address`.
    """
    sender = letter.sender.address.lower()
    if not is_robot(sender) and bare_address(sender) not in own:
        return None
    if len(letter.reply_to) != 1 or is_notice(letter) or any(name.startswith("list-") for name in letter.fields):
        return None
    person = letter.reply_to[0]
    address = person.address.lower()
    if bare_address(address) in own or is_robot(address) or _domain(address) == _domain(sender):
        return None
    return person


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def is_disowned(fields: Fields) -> bool:
    """Whether the server that took the mail says that it is not from where it claims to be.

    Only the results of the server that wrote last are read: those below may be the sender's own invention.
    """
    results = list(fields.get("authentication-results", ()))
    if not results:
        return False
    server = results[0].split(";")[0].strip().lower()
    said: dict[str, str] = {}
    for each in results:
        if each.split(";")[0].strip().lower() == server:
            here: dict[str, str] = {}
            for method, result in _RESULT.findall(each.lower()):
                here[method] = "pass" if "pass" in (result, here.get(method)) else result
            said = {**here, **said}  # what stands further below, in the same name, may be invented like all the rest
    if "dmarc" in said and said["dmarc"] not in {"none", "temperror"}:
        return said["dmarc"] != "pass"
    return said.get("spf") == "fail" and said.get("dkim") != "pass"


def spam_reason(fields: Fields) -> str:
    """Which of its headers calls a mail spam; empty when none does."""
    for name in ("x-spam-flag", "x-spam", "x-spam-status", "x-mailgun-sflag"):
        if any(each.strip().lower().startswith(("yes", "true")) for each in fields.get(name, ())):
            return _written(name)
    for name in ("x-ses-spam-verdict", "x-ses-virus-verdict"):
        if any(each.strip().upper() == "FAIL" for each in fields.get(name, ())):
            return _written(name)
    if any(_SPAM_LEVEL.search(each) for each in fields.get("x-forefront-antispam-report", ())):
        return _written("x-forefront-antispam-report")
    return ""


def _written(name: str) -> str:
    return "-".join(part.upper() if part == "ses" else part.capitalize() for part in name.split("-"))


def is_notice(letter: Letter) -> bool:
    """Whether a machine answers a mail: an absence notice or a receipt, of use only beside what it answers."""
    fields = letter.fields
    if letter.bounce is not None or _first(fields, "auto-submitted").startswith("auto-replied"):
        return True
    # A store's own page may send what a shopper wrote into it without a sender on the envelope: that answers nothing.
    if _first(fields, "return-path") == "<>" and (letter.in_reply_to or letter.references):
        return True
    if _first(fields, "precedence") in {"auto_reply", "auto-reply"}:
        return True
    if any(name.startswith(("x-auto", "x-mail-auto")) and name != "x-auto-response-suppress" for name in fields):
        return True
    return _first(fields, "content-type").startswith("multipart/report")


def locale_of(text: str, *, otherwise: str) -> str:
    """The language that a text is probably written in, by its script; `otherwise` when nothing can be told."""
    counts = {"ko": 0, "zh": 0, "ja": 0, "en": 0}
    for letter in text[:3000]:
        if "가" <= letter <= "힣" or "ㄱ" <= letter <= "ㆎ":
            counts["ko"] += 2
        elif "ぁ" <= letter <= "ヿ":
            counts["ja"] += 4
        elif "一" <= letter <= "鿿":
            counts["zh"] += 2
        elif letter.isascii() and letter.isalpha():
            counts["en"] += 1
    most = max(counts, key=lambda each: counts[each])
    # A few foreign words, or a web address, tell little.
    if sum(counts.values()) < 4 or most == "ja":
        return otherwise
    if most == "en" and counts["ko"] * 4 > counts["en"]:
        return "ko"
    if most == "en" and counts["zh"] * 4 > counts["en"]:
        return "zh"
    return most


@dataclass(frozen=True, slots=True)
class Answered:
    """What machines of ours have written to an address.

    Attributes:
        in_last_hour: how many mails.
        subjects: what they answered in the last day, as `subject_core`.
        own: the shop's own addresses, as `bare_address`.
    """

    in_last_hour: int = 0
    subjects: frozenset[str] = frozenset()
    own: frozenset[str] = field(default_factory=frozenset)


def may_answer_automatically(letter: Letter, history: Answered, *, is_ours: bool = False) -> str | None:
    """Why no machine of ours may answer a mail; None when one may (RFC 3834, and what loops have taught since).

    Args:
        is_ours: its Message-ID is one of ours: it came back.
    """
    fields = letter.fields
    auto = _first(fields, "auto-submitted").split(";")[0].strip()
    reasons = (
        (auto not in {"", "no"}, "Auto-Submitted"),
        (_first(fields, "return-path") == "<>", "an empty Return-Path"),
        (_first(fields, "content-type").startswith("multipart/report"), "a report"),
        (_first(fields, "precedence") in {"bulk", "junk", "list", "auto_reply", "auto-reply"}, "Precedence"),
        (any(name.startswith("list-") for name in fields), "a mailing list"),
        (any(name.startswith(("x-autor", "x-auto-reply", "x-mail-autoreply")) for name in fields), "X-Autoreply"),
        (bool(_SUPPRESSED & set(re.split(r"[,\s]+", _first(fields, "x-auto-response-suppress")))), "no answer wanted"),
        (is_robot(letter.sender.address), "a sender that takes no mail"),
        (bare_address(letter.sender.address) in history.own, "an address of our own"),
        (not letter.sender.address, "no sender"),
        (is_ours, "a mail of our own"),
        (letter.hops > MAX_HOPS, "too many servers on its way"),
        (letter.bounce is not None or letter.automatic, "sent by a machine"),
        (history.in_last_hour >= MAX_AUTOMATIC_AN_HOUR, "too many answers in an hour"),
        (subject_core(letter.subject) in history.subjects, "the same subject again"),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "").strip().lower()
