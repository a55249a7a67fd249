/** What can be chosen for giving conversations out, and between which numbers. */

export const MODES = ["manual", "direct", "offer"] as const;
export const STRATEGIES = ["least_busy", "round_robin"] as const;
export const SWITCHES = ["sticky", "by_language", "by_skill"] as const;

interface NumberChoice {
  name: "live" | "letters" | "widen_s" | "offer_s" | "missed_limit" | "idle_s" | "grace_s" | "letters_grace_s";
  min: number;
  max: number;
  /** Asked for in minutes rather than seconds; left out where it is a number of things. */
  minutes?: boolean;
  /** The mode in which alone it matters. */
  mode: "offer" | null;
}

export const NUMBERS: readonly NumberChoice[] = [
  { name: "live", min: 0, max: 500, mode: null },
  { name: "letters", min: 0, max: 500, mode: null },
  { name: "offer_s", min: 5, max: 300, minutes: false, mode: "offer" },
  { name: "missed_limit", min: 1, max: 20, mode: "offer" },
  { name: "widen_s", min: 0, max: 3600, minutes: false, mode: null },
  { name: "grace_s", min: 10, max: 3600, minutes: false, mode: null },
  { name: "idle_s", min: 1, max: 240, minutes: true, mode: null },
  { name: "letters_grace_s", min: 1, max: 10_080, minutes: true, mode: null },
];
