/** The chat and its words, for every part of the picture. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Chat } from "../chat";
import type { Words } from "../locale";
import type { ChatState } from "../state";

export interface Scene {
  chat: Chat;
  state: ChatState;
  t: Words;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error("drawn outside the scene");
  return scene;
}
