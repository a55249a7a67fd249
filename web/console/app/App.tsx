/** Providers around the screens: language, theme, notices, addresses. */

import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect, useMemo, useState } from "react";
import { Router } from "wouter";
import { loadWords, WordsProvider, type Words } from "./i18n";
import { localeStore, setLocale } from "./preferences";
import { Screens } from "./Screens";
import { session } from "./session";
import { useIsPhone } from "./viewport";
import { useStore } from "./store";
import { cssVariables, makeTheme } from "./theme";

export function App({ words: initial }: { words: Words }) {
  const [words, setWords] = useState(initial);
  const locale = useStore(localeStore, (chosen) => chosen);
  const theme = useMemo(() => makeTheme(words.locale), [words.locale]);

  useEffect(() => {
    let wanted = true;
    if (locale !== words.locale) void loadWords(locale).then((loaded) => wanted && setWords(loaded));
    return () => void (wanted = false);
  }, [locale, words.locale]);

  useEffect(() => {
    const { documentElement: html } = document;
    html.lang = words.locale === "zh" ? "zh-Hans" : words.locale;
    // Korean breaks between words, as Korean readers expect; long addresses may still break anywhere.
    html.style.wordBreak = words.locale === "ko" ? "keep-all" : "";
    html.style.overflowWrap = "anywhere";
    html.style.setProperty("font-synthesis", "none");
  }, [words.locale]);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <WordsProvider words={words}>
        <Preferences />
        <Notices />
        <Router base="/console">
          <Screens />
        </Router>
      </WordsProvider>
    </MantineProvider>
  );
}

/** Where a notice covers neither the composer nor the head. */
function Notices() {
  const phone = useIsPhone();
  return <Notifications position={phone ? "top-center" : "bottom-right"} limit={3} zIndex={400} />;
}

/** What a person has chosen on one machine holds on the next. */
function Preferences() {
  const user = useStore(session, (state) => (state.status === "in" ? state.me.user : undefined));
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (!user) return;
    setLocale(user.locale);
    setColorScheme(user.theme);
  }, [user, setColorScheme]);
  return null;
}
