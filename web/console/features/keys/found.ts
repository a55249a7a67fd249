/** Conversations and contacts for the palette: those that are here at once, the others when the server answers. */

import type { Contact, Conversation } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { ranked } from "./matching";

const HERE = 5;
const AFTER = 160;

interface Answer {
  messages?: { conversation_id: number; seq: number; text: string }[];
  conversations: Conversation[];
  contacts: Contact[];
}

export interface Person {
  contact: Contact;
  conversation: Conversation | undefined;
}

/** `text`: what was said there, if that is what was looked for. */
export interface Talk {
  conversation: Conversation;
  contact: Contact | undefined;
  text: string;
  seq: number | null;
}

export interface Found {
  query: string;
  people: Person[];
  talks: Talk[];
}

const NOTHING: Found = { query: "", people: [], talks: [] };

export function useFound(query: string): Found {
  const { base } = useDesk();
  const contacts = useDeskState((state) => state.tables.contacts);
  const conversations = useDeskState((state) => state.tables.conversations);
  const [remote, setRemote] = useState(NOTHING);
  const asked = query.trim();
  useEffect(() => {
    if (!asked) return undefined;
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      readFound(base, asked, giveUp.signal).then(
        (found) => setRemote(found),
        () => undefined, // what is here is shown all the same
      );
    }, AFTER);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [base, asked]);
  if (!asked) return NOTHING;
  const newest = Object.values(conversations).sort((a, b) => Date.parse(b.last_at) - Date.parse(a.last_at));
  const local = ranked(asked, Object.values(contacts), (each) => `${each.name} ${each.email ?? ""} ${each.phone ?? ""}`)
    .slice(0, HERE)
    .map((contact) => ({ contact, conversation: newest.find((talk) => talk.contact_id === contact.id) }));
  const known = new Set(local.map(({ contact }) => contact.id));
  const more = remote.query === asked ? remote : NOTHING;
  return {
    query: asked,
    people: [...local, ...more.people.filter(({ contact }) => !known.has(contact.id))].slice(0, 8),
    talks: more.talks,
  };
}

async function readFound(base: string, query: string, signal: AbortSignal): Promise<Found> {
  const q = encodeURIComponent(query);
  const [named, said] = await Promise.all([
    api.get<Answer>(`${base}/search?in=contacts&limit=6&q=${q}`, signal),
    api.get<Answer>(`${base}/search?in=conversations&limit=6&q=${q}`, signal),
  ]);
  const contacts = new Map(said.contacts.map((each) => [each.id, each]));
  const talks = new Map(said.conversations.map((each) => [each.id, each]));
  return {
    query,
    people: named.contacts.map((contact) => ({ contact, conversation: undefined })),
    talks: (said.messages ?? []).flatMap(({ conversation_id, seq, text }) => {
      const conversation = talks.get(conversation_id);
      return conversation ? [{ conversation, contact: contacts.get(conversation.contact_id), text, seq }] : [];
    }),
  };
}
