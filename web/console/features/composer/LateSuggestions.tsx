/** What `/` and `@` offer, once it is there; until then a slash is a slash. */

import { useEffect, useState, type ComponentProps } from "react";
import { loadSuggestions, suggestions } from "./loadSuggestions";
import type { Suggestions } from "./Suggestions";

export function LateSuggestions(props: ComponentProps<typeof Suggestions>) {
  const [View, setView] = useState(() => suggestions()?.view ?? null);
  useEffect(() => {
    if (!suggestions()) void loadSuggestions().then((found) => setView(() => found?.view ?? null));
  }, []);
  return View && <View {...props} />;
}
