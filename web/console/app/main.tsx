/** Starts the console in the reader's language. */

import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { loadWords } from "./i18n";
import { localeStore } from "./preferences";
import { readMe } from "./session";
import { startWorker } from "./worker";

// A newer console was installed while this page was open: its old parts are gone, the page has to be read again.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("sonnim:reloaded"));
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem("sonnim:reloaded", String(Date.now()));
  location.reload();
});

startWorker();
void readMe();
const words = await loadWords(localeStore.get());
const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(<App words={words} />);
