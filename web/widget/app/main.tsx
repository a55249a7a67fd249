/** The frame page's one script. */

import { openLocalStorage } from "@sonnim/protocol";
import type { Shelf } from "@sonnim/protocol";
import { render } from "preact";
import { createChat } from "./chat";
import { readConfig } from "./config";
import { borrowShelf, openMemory } from "./memory";
import { connectParent } from "./parent";
import type { Said } from "./parent";
import "./style.css";
import { App } from "./ui/App";

const config = readConfig();
let hear: (said: Said) => void = (said) => {
  if (said.type !== "init") return;
  begin(borrowShelf(said.kept ?? [], parent));
  hear(said);
};
const parent = connectParent((said) => hear(said));

function begin(shelf: Shelf | null): void {
  const chat = createChat(config, openMemory(config.key, shelf), parent);
  hear = chat.hear;
  render(<App chat={chat} />, document.getElementById("app")!);
}

const own = openLocalStorage();
if (own || !parent.origin) begin(own);
parent.say("ready");
if (!parent.origin) {
  // Opened in a window of its own: there is no launcher to wait for.
  const page = { url: location.href, title: "", named: false, referrer: document.referrer };
  const said = { locale: config.locale, page, identity: null, modal: false, restored: false };
  hear({ type: "init", ...said });
  hear({ type: "open", ...said });
}
