/** The wall screen: the whole screen, and a lamp that does not go out while it is looked at. */

import { useFullscreenDocument } from "@mantine/hooks";
import { useEffect, useState } from "react";

export function useWall(): { wall: boolean; toggle: () => void } {
  const { fullscreen, toggle: screen } = useFullscreenDocument();
  const [wall, setWall] = useState(() => new URLSearchParams(location.search).has("wall"));
  const toggle = () => {
    // A browser that refuses the whole screen shows the board large all the same.
    if (wall === fullscreen) screen().catch(() => undefined);
    setWall(!wall);
  };
  useEffect(() => {
    if (!wall) return undefined;
    let lamp: WakeLockSentinel | undefined;
    let wanted = true;
    const light = () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      // Refused when the battery is low: the screen then goes dark as it is set to.
      navigator.wakeLock.request("screen").then(
        (found) => {
          lamp = found;
          if (!wanted) void found.release();
        },
        () => undefined,
      );
    };
    light();
    document.addEventListener("visibilitychange", light);
    return () => {
      wanted = false;
      document.removeEventListener("visibilitychange", light);
      void lamp?.release();
    };
  }, [wall]);
  useEffect(() => {
    if (!wall) return undefined;
    const leave = (event: KeyboardEvent) => event.key === "Escape" && setWall(false);
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [wall]);
  return { wall, toggle };
}
