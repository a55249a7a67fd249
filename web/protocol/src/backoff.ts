/** How long to wait before the next attempt: full jitter between 1 s and min(60, 2^n) s. */

export function backoff(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(60, 2 ** Math.min(failures, 6));
  return 1000 * (1 + random() * (ceiling - 1));
}
