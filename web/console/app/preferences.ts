/** The reader's language and colour scheme: kept here for the sign-in page, on the server for the person. */

import type { Locale } from "@sonnim/protocol";
import { browserLocale, isLocale } from "./i18n";
import { createStore } from "./store";

const KEY = "sonnim:locale";

function remembered(): Locale {
  try {
    const kept = localStorage.getItem(KEY);
    return isLocale(kept) ? kept : browserLocale();
  } catch {
    return browserLocale(); // storage is blocked
  }
}

export const localeStore = createStore<Locale>(remembered());

export function setLocale(locale: Locale): void {
  localeStore.set(() => locale);
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
