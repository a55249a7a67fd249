"""SPF, DKIM and DMARC of a mailbox's domain, asked of the name servers; at most about twenty seconds in all."""

from concurrent.futures import ThreadPoolExecutor

from sonnim.channels.kinds.postbox import domain_rules, lookups, providers
from sonnim.channels.kinds.postbox.domain_rules import Check
from sonnim.channels.kinds.postbox.models import Mailbox

_USUAL_SELECTORS = (
    "default", "google", "selector1", "selector2", "s1", "s2", "k1", "k2", "k3", "dkim", "mail", "smtp", "pm",
    "mandrill", "mg", "zoho", "fm1", "key1", "sig1", "20230601",
)  # fmt: skip
_BY_PROVIDER = {
    "postmark": ("spf.mtasv.net", ("pm",)),
    "mailgun": ("mailgun.org", ("mg", "mx", "k1", "pic", "smtp")),
    "sendgrid": ("sendgrid.net", ("s1", "s2", "smtpapi")),
    "amazon_ses": ("amazonses.com", ()),
}


def check_domain(mailbox: Mailbox) -> list[Check]:
    """All three, for what goes out through this mailbox."""
    domain = mailbox.address.rpartition("@")[2]
    if providers.of_domain(domain) is not None:
        return [domain_rules.of_provider(kind, domain) for kind in ("spf", "dkim", "dmarc")]
    wanted, selectors = _expected(mailbox)
    with ThreadPoolExecutor(3) as pool:
        asked = (
            pool.submit(_spf, domain, wanted),
            pool.submit(_dkim, domain, selectors),
            pool.submit(_dmarc, domain),
        )
        return [each.result() for each in asked]


def _expected(mailbox: Mailbox) -> tuple[str, tuple[str, ...]]:
    """What the way out of a mailbox needs in the SPF record, and the names of its DKIM keys."""
    if mailbox.way_out == "provider":
        return _BY_PROVIDER.get(mailbox.provider, ("", ()))
    sender = providers.of_sender(str(mailbox.smtp.get("host", ""))) if mailbox.way_out == "smtp" else None
    return (sender.spf, sender.selectors) if sender else ("", ())


def _spf(domain: str, wanted: str) -> Check:
    try:
        records = domain_rules.spf_records(lookups.texts_of(domain))
        taken_in = _taken_in(records[0]) if records else []
    except lookups.NoAnswer:
        return domain_rules.unanswered("spf", domain)
    return domain_rules.judge_spf(domain, records, taken_in=taken_in, wanted=wanted)


def _taken_in(record: str) -> list[str]:
    """All that a record takes in, through others too; one more than is allowed at the most."""
    found: list[str] = []
    waiting = domain_rules.spf_targets(record)
    while waiting and len(found) <= domain_rules.MOST_LOOKUPS:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            for text in domain_rules.spf_records(lookups.texts_of(name))[:1]:
                waiting += domain_rules.spf_targets(text)
    return found


def _dkim(domain: str, selectors: tuple[str, ...]) -> Check:
    names = list(dict.fromkeys([*selectors, *_USUAL_SELECTORS]))
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda selector: _key(selector, domain), names))
    keys = [(selector, record) for selector, record in zip(names, answers, strict=True) if record]
    if not keys and all(answer is None for answer in answers):
        return domain_rules.unanswered("dkim", f"…._domainkey.{domain}")
    return domain_rules.judge_dkim(domain, keys)


def _key(selector: str, domain: str) -> str | None:
    try:
        texts = lookups.texts_of(f"{selector}._domainkey.{domain}")
    except lookups.NoAnswer:
        return None
    return next((text for text in texts if "p=" in text), "")


def _dmarc(domain: str) -> Check:
    """The domain's own record, else that of the domain above it."""
    above = domain.partition(".")[2]
    try:
        for each in [domain, *([above] if "." in above else [])]:
            texts = lookups.texts_of(f"_dmarc.{each}")
            if any("dmarc1" in text.lower() for text in texts):
                return domain_rules.judge_dmarc(f"_dmarc.{each}", texts)
    except lookups.NoAnswer:
        return domain_rules.unanswered("dmarc", f"_dmarc.{domain}")
    return domain_rules.judge_dmarc(f"_dmarc.{domain}", [])
