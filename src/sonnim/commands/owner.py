"""`sonnim owner`: opens a shop with its first owner, and lets an owner who is locked out back in."""

import argparse
import getpass
import secrets
import sys

import django

from sonnim.commands import CommandError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("owner", help="open a shop with an owner, or give a person a new password")
    verbs = parser.add_subparsers(dest="verb", metavar="verb", required=True)
    create = verbs.add_parser("create", help="open a shop; an existing person of this address becomes its owner")
    create.add_argument("--shop", required=True, help="the shop's name")
    create.add_argument("--email", required=True)
    create.add_argument("--name", required=True, help="the owner's name")
    create.add_argument("--locale", choices=("ko", "zh", "en"), default="en")
    create.add_argument("--timezone", default="UTC", help="an IANA zone such as Asia/Seoul")
    create.add_argument("--password-stdin", action="store_true", help="read the password from the first line of input")
    password = verbs.add_parser("password", help="give a person a new password and end all their sessions")
    password.add_argument("--email", required=True)
    password.add_argument("--password-stdin", action="store_true", help="read it from the first line of input")


def run(args: argparse.Namespace) -> int:
    django.setup()
    from sonnim.kernel.errors import SonnimError

    try:
        return _create(args) if args.verb == "create" else _password(args)
    except SonnimError as error:
        detail = "; ".join(f"{name}: {wrong}" for name, wrong in error.fields.items()) or error.detail
        raise CommandError(detail) from error


def _create(args: argparse.Namespace) -> int:
    from sonnim.accounts.actions import create_shop
    from sonnim.accounts.models import User

    known = User.objects.filter(email__iexact=args.email.strip()).exists()  # who keeps the password they have
    password, made_up = ("", False) if known else _read_password(args)
    made = create_shop(
        name=args.shop,
        locale=args.locale,
        timezone=args.timezone,
        owner_email=args.email,
        owner_name=args.name,
        owner_password=password,
    )
    print(f"{made.shop.name} is open; {made.owner.user.email} owns it. Widget key: {made.shop.public_key}")
    if made_up:
        print(f"Password for a new account: {password}")
    return 0


def _password(args: argparse.Namespace) -> int:
    from sonnim.accounts.actions import set_password
    from sonnim.accounts.models import User

    user = User.objects.filter(email__iexact=args.email).first()
    if user is None:
        raise CommandError(f"nobody has the address {args.email}.")
    password, made_up = _read_password(args)
    set_password(user=user, password=password)
    print(f"{user.email} has a new password{f': {password}' if made_up else ''}; all their sessions have ended.")
    return 0


def _read_password(args: argparse.Namespace) -> tuple[str, bool]:
    """The password, and whether we made it up because nobody is there to type one."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\n"), False
    if sys.stdin.isatty():
        return getpass.getpass("Password: "), False
    return secrets.token_urlsafe(15), True
