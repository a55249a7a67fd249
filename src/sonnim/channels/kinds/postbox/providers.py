"""Mail providers that many shops use: where their servers are, and what they want of an owner before they let us in.

`notes` are codes whose words are the console's: `app_password` (a password made for programs, at `help_url`),
`switch_on` (IMAP is off until the owner turns it on), `authorization_code` (what QQ and NetEase call that password),
`oauth` (no passwords at all), `no_imap` (mail cannot be read from outside).
"""

from dataclasses import dataclass

from sonnim.channels.kinds.postbox.shapes import ServerObject


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider.

    Attributes:
        mx: what the names of its mail exchangers end with, for domains of its customers.
        imap, smtp: host and port; 587 is STARTTLS, all others TLS from the beginning.
        spf: what a customer's SPF record has to include.
        selectors: under which names it publishes DKIM keys.
    """

    key: str
    name: str
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    imap: tuple[str, int] | None = None
    smtp: tuple[str, int] | None = None
    notes: tuple[str, ...] = ()
    help_url: str = ""
    spf: str = ""
    selectors: tuple[str, ...] = ()


_GOOGLE = "https://myaccount.google.com/apppasswords"
_MICROSOFT = "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth"
PROVIDERS = (
    Provider(
        "google", "Gmail", ("gmail.com", "googlemail.com"), ("google.com", "googlemail.com"),
        ("imap.gmail.com", 993), ("smtp.gmail.com", 465), ("app_password",), _GOOGLE, "_spf.google.com", ("google",),
    ),
    Provider(
        "microsoft", "Microsoft 365", (), ("mail.protection.outlook.com", "mx.microsoft"),
        ("outlook.office365.com", 993), ("smtp.office365.com", 587), ("oauth",), _MICROSOFT,
        "spf.protection.outlook.com", ("selector1", "selector2"),
    ),
    Provider(
        "outlook", "Outlook.com",
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.kr", "hotmail.co.kr", "outlook.de"),
        ("olc.protection.outlook.com",), ("outlook.office365.com", 993), ("smtp-mail.outlook.com", 587), ("oauth",),
        _MICROSOFT,
    ),
    Provider(
        "naver", "네이버 메일", ("naver.com",), ("mx.naver.com",), ("imap.naver.com", 993), ("smtp.naver.com", 465),
        ("switch_on", "app_password"), "https://mail.naver.com/v2/settings/smtp/imap",
    ),
    Provider(
        "naver_works", "네이버웍스", (), ("worksmobile.com",), ("imap.worksmobile.com", 993),
        ("smtp.worksmobile.com", 465), ("switch_on", "app_password"), "https://guide.worksmobile.com/",
        "spf.worksmobile.com",
    ),
    Provider(
        "daum", "다음 메일", ("daum.net", "hanmail.net"), ("hanmail.net", "daum.net"), ("imap.daum.net", 993),
        ("smtp.daum.net", 465), ("switch_on", "app_password"), "https://mail.daum.net/",
    ),
    Provider(
        "kakao", "카카오메일", ("kakao.com",), ("kakao.com",), ("imap.kakao.com", 993), ("smtp.kakao.com", 465),
        ("switch_on", "app_password"), "https://mail.kakao.com/",
    ),
    Provider(
        "nate", "네이트 메일", ("nate.com", "empas.com"), ("nate.com",), ("imap.nate.com", 993),
        ("smtp.mail.nate.com", 465), ("switch_on",), "https://mail.nate.com/",
    ),
    Provider(
        "hiworks", "하이웍스", (), ("hiworks.com", "hiworks.co.kr"), ("imaps.hiworks.com", 993),
        ("smtps.hiworks.com", 465), ("switch_on",), "https://www.hiworks.com/",
    ),
    Provider(
        "qq", "QQ 邮箱", ("qq.com", "foxmail.com", "vip.qq.com"), (), ("imap.qq.com", 993), ("smtp.qq.com", 465),
        ("switch_on", "authorization_code"), "https://service.mail.qq.com/", "spf.mail.qq.com",
    ),
    Provider(
        "exmail", "腾讯企业邮", (), ("qq.com",), ("imap.exmail.qq.com", 993), ("smtp.exmail.qq.com", 465),
        ("switch_on", "authorization_code"), "https://exmail.qq.com/", "spf.mail.qq.com",
    ),
    Provider(
        "netease", "网易 163 邮箱", ("163.com", "vip.163.com"), (), ("imap.163.com", 993), ("smtp.163.com", 465),
        ("switch_on", "authorization_code"), "https://mail.163.com/",
    ),
    Provider(
        "netease126", "网易 126 邮箱", ("126.com",), (), ("imap.126.com", 993), ("smtp.126.com", 465),
        ("switch_on", "authorization_code"), "https://mail.126.com/",
    ),
    Provider(
        "yeah", "网易 yeah.net", ("yeah.net",), (), ("imap.yeah.net", 993), ("smtp.yeah.net", 465),
        ("switch_on", "authorization_code"), "https://mail.yeah.net/",
    ),
    Provider(
        "qiye163", "网易企业邮箱", (), ("netease.com", "qiye.163.com"), ("imap.qiye.163.com", 993),
        ("smtp.qiye.163.com", 465), ("switch_on", "authorization_code"), "https://qiye.163.com/", "spf.163.com",
    ),
    Provider(
        "aliyun", "阿里企业邮箱", (), ("qiye.aliyun.com", "mxhichina.com"), ("imap.qiye.aliyun.com", 993),
        ("smtp.qiye.aliyun.com", 465), ("switch_on",), "https://qiye.aliyun.com/", "spf.qiye.aliyun.com",
    ),
    Provider(
        "sina", "新浪邮箱", ("sina.com", "sina.cn"), (), ("imap.sina.com", 993), ("smtp.sina.com", 465),
        ("switch_on", "authorization_code"), "https://mail.sina.com.cn/",
    ),
    Provider(
        "icloud", "iCloud", ("icloud.com", "me.com", "mac.com"), ("mail.icloud.com",), ("imap.mail.me.com", 993),
        ("smtp.mail.me.com", 587), ("app_password",), "https://support.apple.com/102654", "icloud.com", ("sig1",),
    ),
    Provider(
        "yahoo", "Yahoo Mail", ("yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de"),
        ("yahoodns.net",), ("imap.mail.yahoo.com", 993), ("smtp.mail.yahoo.com", 465), ("app_password",),
        "https://login.yahoo.com/account/security",
    ),
    Provider(
        "yahoo_jp", "Yahoo!メール", ("yahoo.co.jp", "ybb.ne.jp"), (), ("imap.mail.yahoo.co.jp", 993),
        ("smtp.mail.yahoo.co.jp", 465), ("switch_on",), "https://support.yahoo-net.jp/PccMail/s/",
    ),
    Provider(
        "aol", "AOL Mail", ("aol.com",), (), ("imap.aol.com", 993), ("smtp.aol.com", 465), ("app_password",),
        "https://login.aol.com/account/security",
    ),
    Provider(
        "zoho", "Zoho Mail", ("zohomail.com", "zoho.com"), ("mx.zoho.com", "mx2.zoho.com", "mx3.zoho.com"),
        ("imap.zoho.com", 993), ("smtp.zoho.com", 465), ("switch_on", "app_password"),
        "https://accounts.zoho.com/home#security/app_password", "zohomail.com", ("zmail", "zoho"),
    ),
    Provider(
        "zoho_eu", "Zoho Mail EU", ("zohomail.eu",), ("zoho.eu",), ("imap.zoho.eu", 993), ("smtp.zoho.eu", 465),
        ("switch_on", "app_password"), "https://accounts.zoho.eu/home#security/app_password", "zohomail.eu",
        ("zmail", "zoho"),
    ),
    Provider(
        "fastmail", "Fastmail", ("fastmail.com", "fastmail.fm"), ("messagingengine.com",),
        ("imap.fastmail.com", 993), ("smtp.fastmail.com", 465), ("app_password",),
        "https://app.fastmail.com/settings/security/integrations", "spf.messagingengine.com", ("fm1", "fm2", "fm3"),
    ),
    Provider(
        "gmx", "GMX", ("gmx.net", "gmx.de", "gmx.at", "gmx.ch"), (), ("imap.gmx.net", 993), ("mail.gmx.net", 465),
        ("switch_on",), "https://hilfe.gmx.net/pop-imap/einschalten.html",
    ),
    Provider(
        "webde", "WEB.DE", ("web.de",), (), ("imap.web.de", 993), ("smtp.web.de", 465), ("switch_on",),
        "https://hilfe.web.de/pop-imap/einschalten.html",
    ),
    Provider(
        "mailru", "Mail.ru", ("mail.ru", "inbox.ru", "list.ru", "bk.ru"), ("mail.ru",), ("imap.mail.ru", 993),
        ("smtp.mail.ru", 465), ("app_password",), "https://account.mail.ru/user/2-step-auth/passwords/", "_spf.mail.ru",
    ),
    Provider(
        "yandex", "Yandex", ("yandex.ru", "yandex.com", "ya.ru"), ("mx.yandex.net", "mx.yandex.ru"),
        ("imap.yandex.com", 993), ("smtp.yandex.com", 465), ("switch_on", "app_password"),
        "https://id.yandex.com/security/app-passwords", "_spf.yandex.net", ("mail",),
    ),
    Provider(
        "proton", "Proton Mail", ("proton.me", "protonmail.com", "pm.me"), ("protonmail.ch",), None, None, ("no_imap",),
        "https://proton.me/support/smtp-submission",
    ),
    Provider(
        "ionos", "IONOS", (), ("ionos.com", "ionos.de", "ionos.co.uk", "ionos.fr", "kundenserver.de"),
        ("imap.ionos.com", 993), ("smtp.ionos.com", 465), spf="_spf-us.ionos.com", selectors=("s1-ionos", "s2-ionos"),
    ),
    Provider(
        "ovh", "OVHcloud", (), ("mail.ovh.net",), ("ssl0.ovh.net", 993), ("ssl0.ovh.net", 465),
        spf="mx.ovh.com",
    ),
    Provider(
        "hostinger", "Hostinger", (), ("hostinger.com", "titan.email"), ("imap.hostinger.com", 993),
        ("smtp.hostinger.com", 465), spf="_spf.mail.hostinger.com",
        selectors=("hostingermail-a", "hostingermail-b", "hostingermail-c"),
    ),
    Provider(
        "namecheap", "Private Email", (), ("privateemail.com",), ("mail.privateemail.com", 993),
        ("mail.privateemail.com", 465), spf="spf.privateemail.com", selectors=("default",),
    ),
    Provider(
        "godaddy", "GoDaddy", (), ("secureserver.net",), ("imap.secureserver.net", 993),
        ("smtpout.secureserver.net", 465), spf="secureserver.net",
    ),
    Provider(
        "gandi", "Gandi", (), ("mail.gandi.net",), ("mail.gandi.net", 993), ("mail.gandi.net", 465),
        spf="_mailcust.gandi.net", selectors=("gm1", "gm2", "gm3"),
    ),
    Provider(
        "migadu", "Migadu", (), ("migadu.com",), ("imap.migadu.com", 993), ("smtp.migadu.com", 465),
        spf="spf.migadu.com", selectors=("key1", "key2", "key3"),
    ),
    Provider(
        "mailbox_org", "mailbox.org", ("mailbox.org",), ("mailbox.org",), ("imap.mailbox.org", 993),
        ("smtp.mailbox.org", 465),
        spf="mailbox.org", selectors=("mbo0001", "mbo0002"),
    ),
    Provider(
        "rackspace", "Rackspace", (), ("emailsrvr.com",), ("secure.emailsrvr.com", 993), ("secure.emailsrvr.com", 465),
        spf="emailsrvr.com",
    ),
)  # fmt: skip

_BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}


def of_domain(domain: str) -> Provider | None:
    """The provider whose own domain it is, where everybody's addresses are."""
    return _BY_DOMAIN.get(domain)


def of_exchangers(names: list[str]) -> Provider | None:
    """The provider that takes a domain's mail; the first exchanger that is known decides, the longest ending wins."""
    for name in names:
        tidy = name.rstrip(".").lower()
        fitting = [
            (len(ending), provider)
            for provider in PROVIDERS
            for ending in provider.mx
            if tidy == ending or tidy.endswith(f".{ending}")
        ]
        if fitting:
            return max(fitting, key=lambda each: each[0])[1]
    return None


def of_sender(host: str) -> Provider | None:
    """The provider that a server for outgoing mail belongs to."""
    return next((each for each in PROVIDERS if each.smtp and each.smtp[0] == host.lower()), None)


def server(place: tuple[str, int] | None, address: str) -> ServerObject | None:
    """A server of the table, for the owner of an address."""
    if place is None:
        return None
    host, port = place
    security = "starttls" if port == 587 else "tls"
    return ServerObject(host=host, port=port, security=security, user=address, auth="password")
