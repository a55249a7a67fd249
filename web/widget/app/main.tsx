/** The frame page's one script. */

import { render } from "preact";
import { createChat } from "./chat";
import { readConfig } from "./config";
import { openMemory } from "./memory";
import { connectParent } from "./parent";
import type { Said } from "./parent";
import "./style.css";
import { App } from "./ui/App";

const config = readConfig();
let hear: (said: Said) => void = () => undefined;
const parent = connectParent((said) => hear(said));
const chat = createChat(config, openMemory(config.key), parent);
hear = chat.hear;
render(<App chat={chat} />, document.getElementById("app")!);
parent.say("ready");
if (!parent.origin) {
  // Opened in a window of its own: there is no launcher to wait for.
  const page = { url: location.href, title: "", named: false, referrer: document.referrer };
  const said = { locale: chat.store.state.locale, page, identity: null, modal: false, restored: false };
  hear({ type: "init", ...said });
  hear({ type: "open", ...said });
}
