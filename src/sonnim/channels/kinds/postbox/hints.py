"""What to do about a server that did not let us in; pure. The words for these codes are the console's."""

import re
import ssl

_APP_PASSWORD = re.compile(
    r"application[- ]specific|app[- ]?(specific )?password|535.{0,3}5\.7\.9|\(34\)|앱 비밀번호|애플리케이션 비밀번호",
    re.I,
)
_CODE = re.compile(r"authorization code|授权码|login fail.*(password|code)|account is abnormal", re.I)
_SWITCHED_OFF = re.compile(
    r"imap.{0,40}(not enabled|disabled|not (allowed|permitted)|turned off|사용 안)|(enable|turn on) imap|"
    r"service is not open|unsafe login|not open(ed)? (the )?(imap|smtp)|smtpclientauthentication is disabled|"
    r"pop3/imap|접근이 허용되지",
    re.I,
)
_TOKENS = re.compile(
    r"basic auth|basicauthblocked|oauth|5\.7\.139|modern auth|web login required|weblogin|please log in via", re.I
)
_TOO_MANY = re.compile(r"too many|rate|throttl|temporar|try again|maximum number of connections|locked", re.I)


def of_sign_in(said: str) -> str:
    """What a refusal to sign in means."""
    if _TOKENS.search(said):
        return "needs_oauth"
    if _SWITCHED_OFF.search(said):
        return "switch_on"
    if _APP_PASSWORD.search(said):
        return "app_password"
    if _CODE.search(said):
        return "authorization_code"
    return "too_many" if _TOO_MANY.search(said) else "wrong_password"


def of_connection(error: BaseException, *, security: str) -> str:
    """What a connection that did not come about means."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    text = str(error).lower()
    if isinstance(error, ssl.SSLError) and ("wrong version" in text or "unknown protocol" in text or "eof" in text):
        return "try_starttls" if security == "tls" else "try_tls"
    if "no such host" in text:
        return "no_such_host"
    if "not a machine of the open internet" in text or "not a host" in text:
        return "not_public"
    if "refused" in text:
        return "nobody_there"
    if isinstance(error, TimeoutError) or "timed out" in text or "too slow" in text:
        return "try_tls" if security != "tls" else "no_answer"
    if "starttls" in text:
        return "no_starttls"
    return "no_answer"
