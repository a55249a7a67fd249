"""The only writers of contacts and identities."""

from sonnim.contacts.actions.blocking import block_contact, unblock_contact
from sonnim.contacts.actions.changes import update_contact
from sonnim.contacts.actions.labels import record_consent, set_contact_tags
from sonnim.contacts.actions.merging import Parted, join_contacts, part_contacts
from sonnim.contacts.actions.shoppers import (
    CUSTOMER,
    VISITOR,
    create_visitor,
    ensure_customer,
    issue_visitor_token,
    merge_stranger,
    note_visit,
    retire_contact,
)
from sonnim.contacts.actions.writers import ensure_writer

__all__ = [
    "CUSTOMER",
    "VISITOR",
    "Parted",
    "block_contact",
    "create_visitor",
    "ensure_customer",
    "ensure_writer",
    "issue_visitor_token",
    "join_contacts",
    "merge_stranger",
    "note_visit",
    "part_contacts",
    "record_consent",
    "retire_contact",
    "set_contact_tags",
    "unblock_contact",
    "update_contact",
]
