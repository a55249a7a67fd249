/** Gives the desk to the screens below it. */

import type { Agent, Contact, Conversation } from "@sonnim/protocol";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { useStore } from "../store";
import type { Channel } from "../types";
import { createDesk, type Desk } from "./desk";
import type { DeskState } from "./state";

const DeskContext = createContext<Desk | null>(null);

interface ProviderProps {
  shopId: number;
  agentId: number;
  onRevoked: (why: string) => void;
  children: ReactNode;
}

/** Render with the agent's id as key: another shop is another desk, and another person is too. */
export function DeskProvider({ shopId, agentId, onRevoked, children }: ProviderProps) {
  const [desk] = useState(() => createDesk({ shopId, agentId, onRevoked }));
  useEffect(() => {
    desk.start();
    return () => desk.stop();
  }, [desk]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** For tests: a desk that is made elsewhere. */
export function GivenDesk({ desk, children }: { desk: Desk; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk outside of DeskProvider");
  return desk;
}

export function useDeskState<T>(select: (state: DeskState) => T): T {
  return useStore(useDesk().store, select);
}

export function useAgent(id: number | null): Agent | undefined {
  return useDeskState((state) => (id === null ? undefined : state.tables.agents[id]));
}

export function useContact(id: number | undefined): Contact | undefined {
  return useDeskState((state) => (id === undefined ? undefined : state.tables.contacts[id]));
}

export function useConversation(id: number | null): Conversation | undefined {
  return useDeskState((state) => (id === null ? undefined : state.tables.conversations[id]));
}

export function useChannel(kind: string): Channel | undefined {
  return useDeskState((state) => state.channels.find((channel) => channel.kind === kind));
}

export function useMay(permission: string): boolean {
  return useDeskState((state) => state.permissions.includes(permission));
}
