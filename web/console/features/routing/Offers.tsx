/** What is held out to me waits in a corner of every screen, with its seconds; and word that I was set away. */

import { Affix, Stack } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { serverNow } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useIsPhone } from "../../app/viewport";
import { isQuiet, preferences } from "../notifications/preferences";
import { chime } from "../notifications/sound";

const OfferCard = lazy(() => import("./OfferCard"));
const MissedCard = lazy(() => import("./MissedCard"));

/** Short notices come and go in the same corner. */
const ABOVE_TOASTS = 92;

export function Offers() {
  const desk = useDesk();
  const offers = useDeskState((state) => state.tables.offers);
  const me = useDeskState((state) => state.agentId);
  const missed = useDeskState(({ tables }) => tables.agents[me]?.availability === "away" && tables.seats[me]?.reason === "missed");
  const phone = useIsPhone();
  const list = Object.values(offers).sort((a, b) => a.id - b.id);
  const rung = useRef(0);
  const newest = list.at(-1)?.id ?? 0;
  useEffect(() => {
    if (newest <= rung.current) return;
    rung.current = newest;
    const wanted = preferences.get();
    if (wanted?.sound && !isQuiet(wanted.quiet, serverNow(), desk.store.get().shop.timezone)) chime();
  }, [desk, newest]);
  if (!list.length && !missed) return null;
  return (
    <Affix position={phone ? { top: 12, right: 12, left: 12 } : { bottom: ABOVE_TOASTS, right: 20 }} zIndex={150}>
      <Stack gap="sm" w={phone ? "100%" : 340} aria-live="assertive">
        <Suspense fallback={null}>
          {missed && <MissedCard />}
          {list.map((offer, at) => (
            <OfferCard key={offer.id} offer={offer} first={at === 0} />
          ))}
        </Suspense>
      </Stack>
    </Affix>
  );
}
