"""Delivery reports: whether a mail is one, about whom, and whether trying again can help (RFC 3464, and what "
"is older)."""

import re
from dataclasses import dataclass, replace

from sonnim.letters.headers import Head, split_head
from sonnim.letters.mime import Part

ABSENT = "vacation"
"""The reason of a notice of absence: the mail has arrived, and nobody reads it yet."""
HARD = frozenset({"userunknown", "hostunknown", "hasmoved", "notaccept"})
_DAEMON = re.compile(
    r"mailer-?daemon|post[_ -]?master|mail[ _-]?delivery|delivery[ _-]?(?:subsystem|system|service)|mail (?:system"
    r"|administrator)|"
    r"mailadm|mmdf|uucp|bounce|noreply-?bounce|systemadmin|wsmtpr|mdaemon|microsoftexchange[0-9a-f]{8,}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|report|problem|error|delayed|has failed|reports|incomplete)"
    r"|deliver(?:y|ed) fail|"
    r"fail(?:ed|ure) (?:delivery|notice|report)|mail (?:delivery|system error|could not|failure)|returned mail|"
    r"return(?:ed)? to sender|returning message|could ?n[o']t (?:be )?(?:send|deliver)|cannot send"
    r"|not (?:be )?delivered|"
    r"delivery notification|delayed mail|mail delayed|message (?:delayed|status|you sent blocked|not delivered)"
    r"|nondeliverable|warning: (?:could not|message)|"
    r"bounced mail|rejected|unzustellbar|zustell|non remis|échec|non distribué|no se puede entregar|impossibile|"
    r"配信|配送|送信エラー|メールエラー|エラーメール|送信できま|전송 ?실패|반송|배달"
    r"|发送失败|退信|退回|投递失败|無法傳遞|无法送达|недоставлен|не доставлен",
    re.IGNORECASE,
)
_SMTP = re.compile(r"(?<![\d.])([45]\d\d)[ \-#(](?!\d{4})")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_SAYS_FAILED = re.compile(
    r"could ?n[o']t be delivered|was not delivered|undeliver|delivery (?:to|has|of).{0,80}fail"
    r"|permanent(?:ly)? (?:fatal )?"
    r"(?:error|fail)|unable to deliver|failed (?:to deliver|permanently)|user unknown|unknown user|no such user"
    r"|mailbox (?:is )?"
    r"(?:full|unavailable|not found)|recipients? (?:address )?reject|transcript of session"
    r"|not be (?:able to )?deliver|"
    r"couldn't deliver|can(?:no|')t (?:be )?deliver|returned (?:to sender|mail)|errors? (?:occurred|during)"
    r"|does not exist|"
    r"there was (?:a problem|an error) deliver|were undeliverable|is disabled|host unknown|message (?:was"
    r"|has been) (?:blocked|rejected)|"
    r"送信できません|配信できません|ありません",
    re.IGNORECASE,
)

# In the order in which they are asked: the first that a report's own words match is its reason.
_REASONS: tuple[tuple[str, str], ...] = (
    ("filtered", r"recipient preferences|in reply to (?:the )?end of data|>>> ?data\b|due to recipient"
        r"|blocked by recipient|recipient.{0,20}settings"),
    ("hasmoved", r"551 (?:\S{1,80} ){0,2}not (?:our|local)|has moved|moved (?:to|permanently)|user.{0,20}relocated"
        r"|no longer (?:at|with)|replaced by"
        r"|address has changed"),
    ("mailboxfull", r"mailbox.{0,30}(?:is )?(?:full|exceed)|over (?:the )?quota|quota.{0,20}(?:exceeded|full"
        r"|violat)|exceeded (?:the |its |their )?(?:storage|quota|mail)|"
        r"out of (?:storage|space)|insufficient (?:system )?storage|disk (?:full|quota|space)|inbox is full"
        r"|not enough (?:storage|space)|mailfolder is full|account is full|storage (?:limit|allocation)|5\.2\.2"
        r"|4\.2\.2|용량.{0,12}(?:초과|부족|가득)|(?:邮箱|郵箱|空间|容量).{0,8}(?:已满|已滿|不足|超)|too much mail data"
        r"|maildir (?:delivery failed: )?.{0,20}overdrawn"),
    ("mesgtoobig", r"message (?:is )?too (?:big|large)|(?:message )?size (?:limit|exceeds|violation)|exceed(?:s"
        r"|ed) .{0,30}(?:message size|maximum size|size limit)|5\.3\.4|5\.2\.3|maximum message size|file too big"
        r"|message length"),
    ("virusdetected", r"\bvirus\b|malware|infected|dangerous attach|trojan"),
    ("norelaying", r"relay(?:ing)? (?:access )?(?:denied|not|prohibited|is not)|not (?:permitted|allowed"
        r"|authori[sz]ed) to relay|unable to relay|we do not relay|as a relay|relaying denied|insecure mail relay"),
    ("requireptr", r"reverse dns|\bptr\b|rdns|cannot find your (?:reverse )?hostname"
        r"|client host rejected: cannot find|does(?: not|n't) have a (?:ptr|reverse)|fix reverse"
        r"|without (?:a )?(?:reverse|ptr)|no reverse|5\.7\.25"),
    ("authfailure", r"\bdmarc\b|\bspf\b|\bdkim\b|not authenticated|authentication (?:fail|required)"
        r"|unauthenticated|5\.7\.26|5\.7\.20|5\.7\.23"),
    ("speeding", r"(?:has )?(?:exceeded|sent (?:to )?too many).{0,60}(?:messages|recipients|limit|rate)"
        r"|too many (?:messages|invalid|errors)|rate[- ]limit|throttl"),
    ("networkerror", r"name service error.{0,80}try again|responded with code (?:nxdomain|servfail|refused)"
        r"|socket error|connection (?:timed out"
        r"|refused|reset|dropped)|temporary dns|lookup (?:failed|timed)"),
    ("notaccept", r"no smtp service|responded with code noerror|does(?: not|n't) accept (?:any )?(?:mail|email)"
        r"|null mx"
        r"|\bnullmx\b|556 "),
    ("hostunknown", r"host (?:or domain name )?(?:unknown|not found)|host \S{1,100} not found|invalid domain"
        r"|unknown host|no such (?:domain|host)"
        r"|domain.{0,40}(?:not found|does(?: not|n't) exist|not exist|invalid)|nxdomain"
        r"|unrout(?:e)?able (?:mail )?domain|cannot find (?:any|host|mx)|name (?:service error"
        r"|or service not known)|5\.1\.2|all relevant mx records point to non-existent|domain name not found"
        r"|recipient.{0,20}domain.{0,20}(?:couldn|could not|not)|dns (?:error|failure)|couldn't find any host"),
    ("userunknown", r"user (?:is )?(?:un|not )known|unknown (?:user|recipient|address|local|mailbox|account)"
        r"|no such (?:user|person|recipient|mailbox|address|account|local)|"
        r"(?:user|recipient|address|mailbox|account|email|e-mail|user ?name|smtp address).{0,60}(?:does(?: not"
        r"|n't) exist|not found|is (?:invalid|unknown|not valid|not known)|could not be found|unknown"
        r"|wasn't found|not listed|not present|no longer (?:exist|valid|available|active))|"
        r"(?:does(?: not|n't) have|no) (?:a|an|mailbox|account).{0,30}(?:account|here|by that name|by this name"
        r"|by that)|invalid (?:recipient|address|mailbox|user)|not (?:a )?(?:known|valid) (?:user|recipient"
        r"|mailbox|address)|recipient (?:address )?rejected: (?:user|undeliverable|access denied|unknown|no such"
        r"|invalid|not)|"
        r"undeliverable address|not our customer|address (?:is )?(?:unknown|invalid)|5\.1\.1(?!\d)|5\.1\.10"
        r"|5\.1\.6|5\.1\.351|4\.1\.1(?!\d)|mailbox unavailable|is not a (?:known|valid)|not listed in"
        r"|user not (?:exist|found)|no account|no mailbox|nobody by|there is no (?:one|user|such)|that user"
        r"|unrouteable address|存在しません|見つかりません|주소를 찾을 수 없"
        r"|(?:找不到|未找到)(?:该|此)?(?:地址|邮箱)|リストにありません|該当.{0,12}(?:いません|ありません)"
        r"|(?:수신|사용|받는).{0,12}(?:없|존재하지)|존재하지 않는"
        r"|(?:用户|用戶|收件人|邮箱|郵箱|地址|账号|帐号).{0,8}(?:不存在|未找到|無效|无效)"
        r"|无此用户|unbekannt|existiert nicht|inconnu|n'existe pas|desconocido|no existe|не существует|не найден"),
    ("notaccept", r"does(?: not|n't) accept (?:mail|email)|host.{0,40}does not accept|null mx|\bnullmx\b"
        r"|5\.3\.2(?!\d)|556 "),
    ("suspend", r"suspend|inactive|disabled|deactivat|account (?:is )?(?:locked|closed|expired|blocked)"
        r"|temporarily (?:disabled|locked|inactive)|frozen"),
    ("spamdetected", r"\bspam\b|unsolicited|bulk mail|junk|looks like spam|content (?:filter|reject|block)"),
    ("badreputation", r"reputation|poor sender"),
    ("toomanyconn", r"too many (?:connections|concurrent|sessions)|connection (?:limit|rate)"
        r"|simultaneous connections"),
    ("speeding", r"too (?:fast|many messages|much mail)|rate limit|throttl|slow down|sending (?:rate|too)"
        r"|try again later.{0,20}rate"),
    ("blocked", r"\bblock(?:ed|list|ing)?\b|black-?list|\brbl\b|\bdnsbl\b|banned|denied by|spamhaus"
        r"|access denied.{0,60}(?:ip|host)|client host.{0,40}(?:rejected|blocked|denied)"
        r"|connection (?:refused by|rejected|dropped)|ip address.{0,60}(?:rejected|denied|not allowed)"),
    ("rejected", r"sender.{0,40}(?:reject|denied|not allowed|refused|invalid|unverif)|access denied"
        r"|mail from.{0,60}(?:reject|denied)|not allowed to send|sender (?:address|domain)|5\.1\.8|5\.1\.7"
        r"|rejected (?:due to|by|because)"),
    ("policyviolation", r"policy|local policy|prohibited|not permitted|administrative(?:ly)? (?:prohibition"
        r"|denied)|you are not allowed|5\.7\.1(?!\d)"),
    ("expired", r"expired|retry time|(?:delivery|message).{0,40}(?:time[d]?.?out|too old|delayed)|too (?:long"
        r"|old)|max(?:imum)? (?:age|retries|time)|in queue|4\.4\.7|not (?:yet )?been delivered"
        r"|will (?:be retried|retry|continue)|retry timeout|could not send message for"),
    ("networkerror", r"connection (?:timed out|refused|reset|lost|closed)|network|routing loop|mail loop"
        r"|too many hops|hop count|no route|unreachable|host.{0,30}(?:down|not respond)|cannot connect"
        r"|4\.4\.[0-5]|5\.4\.[0-46]|conversation with.{0,60}(?:timed out|lost)|message looping|loop detected"),
    ("systemerror", r"system (?:error|problem|not)|internal (?:error|server)|configuration|4\.3\.[0-5]"
        r"|5\.3\.[05]|service (?:unavailable|not available)|temporary (?:failure|problem|lookup)|i/o error"),
    ("mailererror", r"mailer error|command (?:died|failed|output)|exit (?:status|code)|program failure|pipe"
        r"|procmail|x-unix|local configuration error"),
    ("filtered", r"filter|could not be delivered to one or more|not accept(?:ed)?|refused|restrict"
        r"|recipient (?:address )?rejected|5\.2\.0|5\.2\.1|5\.1\.0"),
    ("contenterror", r"mime|content|attachment|8bit|encoding|5\.6\."),
    ("notcompliantrfc", r"rfc ?\d|not compliant|bare lf|header.{0,20}(?:missing|invalid|multiple)"
        r"|duplicate (?:header|from)|syntax"),
)  # fmt: skip
# Said of the address itself, before the mail was there: by a code of its own, at the command that names it, or plainly.
_CODED = re.compile(r"[45]\.(?:[1-9]\d*\.\d+|0\.[1-9]\d*)")
_AT_ADDRESS = re.compile(
    r"(?<![A-Za-z])RCPT\b|(?i:address not found|address couldn't be found)"
    r"|주소를 찾을 수 없|(?:找不到|未找到)(?:该|此)?(?:地址|邮箱)"
)
_REFUSED = re.compile(r"(?:^|\s)(5\d\d[ -]\S.{1,200})")
_NEXT = re.compile(r"\s(?:>>>|<<<|[245]\d\d[ -])")
_ABSENCE = re.compile(
    r"(?:automatic|auto)[ -]?(?:reply|response)|out of (?:the )?office|abwesenheit|automatische antwort"
    r"|réponse automatique|respuesta automática|risposta automatica"
    r"|자동 ?(?:회신|응답)|부재중|自动(?:回复|答复)|自動(?:回覆|返信|応答)|不在通知",
    re.IGNORECASE,
)
_NOBODY = frozenset({"<>", "<MAILER-DAEMON>"})
_AFTER_DATA = re.compile(r"in reply to (?:the )?end of data|>>> ?data\b", re.IGNORECASE)
_TOLD = re.compile(
    r"(?:error that the other server returned was"
    r"|the response (?:from the remote server )?was)\s*:\s*(.{5,600}?)(?:\n\n|-----|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_RETURNED = 200_000  # what is read of a mail that a report gives back
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")
_RETURNED_ID = re.compile(r"^[\s>]*message-id:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _REASONS)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of a mail of ours. `status` is an enhanced status code (RFC 3463) or empty.

    `delayed`: the server goes on trying. `about` are the Message-IDs of the mails that it returns. `said` are the
    server's own words, where they stand apart from ours.
    """

    recipient: str
    status: str
    reason: str
    hard: bool
    delayed: bool = False
    about: tuple[str, ...] = ()
    said: str = ""


def read_bounce(head: Head, parts: list[Part], *, sender: str, subject: str) -> Bounce | None:
    """The report that a mail is, or None for every other mail.

    Args:
        sender: name and address of who sent it, as one text.
    """
    found = _read(head, parts, sender=sender, subject=subject)
    return None if found is None else replace(found, about=_returned(parts))


def _returned(parts: list[Part]) -> tuple[str, ...]:
    """The Message-IDs of what the report gives back: in a part of its own, or below the words of an older server."""
    found = []
    for part in parts:
        if part.type in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            found += _MESSAGE_ID.findall(split_head(part.content()[:_RETURNED], checked=False)[0].plain("message-id"))
        elif part.type in {"text/plain", "text"}:
            found += _RETURNED_ID.findall(part.text()[:_RETURNED])
    return tuple(dict.fromkeys(found))[:10]


def _is_absence(head: Head, subject: str) -> bool:
    """A notice of absence: it came from nobody's mailbox, under the subject that its program gives it."""
    return head.plain("return-path") == "<>" and _ABSENCE.match(subject) is not None


def _read(head: Head, parts: list[Part], *, sender: str, subject: str) -> Bounce | None:
    report = next((part for part in parts if part.type == "message/delivery-status"), None)
    feedback = next((part for part in parts if part.type == "message/feedback-report"), None)
    kind = head.plain("content-type").lower()
    if feedback is not None and "report" in kind:
        fields = _fields(feedback.content())
        return Bounce(
            _address(fields.get("original-rcpt-to", "")) or _address(fields.get("removal-recipient", "")),
            "",
            "feedback",
            False,
        )
    if report is not None and ("report" in kind or _DAEMON.search(sender) or _is_bounced(head, sender, subject)):
        return _from_report(head, parts, report)
    if _is_absence(head, subject):
        return Bounce(_address(sender), "", ABSENT, False)
    if head.plain("return-path") not in _NOBODY and "x-failed-recipients" not in head and not _DAEMON.search(sender):
        return None
    words = _own_words(parts)
    if not _is_bounced(head, sender, subject) and not _gives_back(head, parts, sender, words):
        return None
    if not (_SAYS_FAILED.search(words) or _SMTP.search(words) or _STATUS.search(words) or _SUBJECT.search(subject)):
        return None
    return _from_words(head, words)


def _is_bounced(head: Head, sender: str, subject: str) -> bool:
    """Sent by a mail server, about a mail: a person's mail is never sent so, whatever it says."""
    daemon = _DAEMON.search(sender) is not None
    empty = head.plain("return-path") in _NOBODY or "x-failed-recipients" in head
    told = _SUBJECT.search(subject) is not None
    return "x-failed-recipients" in head or (daemon and (told or empty)) or (empty and told)


def _gives_back(head: Head, parts: list[Part], sender: str, words: str) -> bool:
    """Under a subject that tells nothing: a failure with our mail attached, or in a server's code and words."""
    if _SAYS_FAILED.search(words) is None:
        return False
    if head.plain("return-path") == "<>" and any(part.type == "message/rfc822" for part in parts):
        return True
    return _DAEMON.search(sender) is not None and _SMTP.search(words) is not None


def _fields(raw: bytes) -> dict[str, str]:
    found, _ = split_head(raw.strip() + b"\n\n", checked=False)
    return {field.name: found.plain(field.name) for field in reversed(found.fields)}


def _from_report(head: Head, parts: list[Part], report: Part) -> Bounce:
    groups = [_fields(group) for group in re.split(rb"\r?\n[ \t]*\r?\n", report.content().strip()) if group.strip()]
    about = next((group for group in groups if "action" in group and group["action"].lower().startswith("fail")), None)
    about = about or next((group for group in groups if "final-recipient" in group or "status" in group), {})
    recipient = (
        _address(about.get("final-recipient", ""))
        or _address(about.get("original-recipient", ""))
        or _address(head.plain("x-failed-recipients"))
        or _address(_own_words(parts))
    )
    words = _own_words(parts)
    diagnostic = about.get("diagnostic-code", "")
    if diagnostic and _AFTER_DATA.search(words) and not about.get("status", "").startswith("5.1."):
        diagnostic = f"in reply to end of DATA: {diagnostic}"
    status = _status(about.get("status", ""), diagnostic, words)
    action = about.get("action", "").lower()
    if status.startswith("2") or action in {"delivered", "relayed", "expanded"}:
        return Bounce(recipient, status, "delivered", False)
    texts = (diagnostic, words, head.text("subject"))
    return _judged(recipient, status, texts, delayed=action.startswith("delay"))


def _from_words(head: Head, words: str) -> Bounce:
    recipient = _address(head.plain("x-failed-recipients")) or _address(words)
    found = _REFUSED.search(words)
    refused = _NEXT.split(found[1], maxsplit=1)[0] if found is not None else ""
    return _judged(recipient, _status("", words, ""), (refused, words, head.text("subject")))


def _judged(recipient: str, status: str, texts: tuple[str, ...], *, delayed: bool = False) -> Bounce:
    reason = "expired" if delayed else _reason(status, texts)
    temporary = status.startswith("4") and status != "4.1.1"
    if reason == "userunknown" and not _CODED.fullmatch(status) and not any(map(_AT_ADDRESS.search, texts)):
        reason = "filtered"  # a bare 550 after the mail has come: what refuses it may be a filter, and knows no users
    said = next((" ".join(text.split()) for text in texts if text.strip()), "")
    return Bounce(recipient, status, reason, reason in HARD and not temporary, delayed, said=said[:300])


def _reason(status: str, texts: tuple[str, ...]) -> str:
    for text in texts:
        if text.strip():
            for name, pattern in _COMPILED:
                if pattern.search(text):
                    return name
    for name, pattern in _COMPILED:
        if status and pattern.search(status):
            return name
    return "undefined"


def _status(given: str, diagnostic: str, words: str) -> str:
    told = _STATUS.search(given)
    if told is not None and not told[1].endswith(".0.0"):
        return told[1]
    for text in (diagnostic, words):
        if (found := _STATUS.search(text)) is not None and not found[1].endswith(".0.0"):
            return found[1]
    if told is not None:
        return told[1]
    code = _SMTP.search(diagnostic) or _SMTP.search(words)
    return f"{code[1][0]}.0.0" if code is not None else ""


def _address(text: str) -> str:
    found = re.search(r"[^\s<>\"(),:;@]+@[\w.\-]+\.\w+", text)
    return found[0].strip(".'") if found is not None else ""


def _own_words(parts: list[Part]) -> str:
    """What the server says, without the mail that it returns."""
    texts = [part.text() for part in parts[:3] if part.type.startswith("text/") and "rfc822-headers" not in part.type]
    text = "\n".join(texts[:2])
    if (told := _TOLD.search(text)) is not None:
        return " ".join(told[1].split())
    cut = re.search(
        r"^[-=\s*]*(?:original message|this is a copy of|copy of (?:the|your)|returned message|message header"
        r"|(?:the )?headers? of|"
        r"unsent message|below this line|below is|reporting-mta|included is|received: from|return-path:)",
        text, re.IGNORECASE | re.MULTILINE,
    )  # fmt: skip
    if cut is not None and cut.start() > 40:
        text = text[: cut.start()]
    return " ".join(text.split())[:8000]
