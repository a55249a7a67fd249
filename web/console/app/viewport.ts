/** How much room there is. */

import { useMediaQuery } from "@mantine/hooks";

const PHONE = "(max-width: 47.99em)";
const NARROW = "(max-width: 74.99em)";

export function useIsPhone(): boolean {
  return useMediaQuery(PHONE, window.matchMedia(PHONE).matches);
}

export function useIsNarrow(): boolean {
  return useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
}
