/** Predicted satisfaction in figures that read alike in every language. */

const FIGURES = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "negative" });
const SHARE = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const ERROR = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** From −2 to 2: one decimal is more than a model knows. */
export function valueOf(satisfaction: number): string {
  return FIGURES.format(satisfaction).replace("-", "−");
}

export function shareOf(share: number): string {
  return SHARE.format(share);
}

/** Of one conversation nothing is certain before its shopper speaks. */
export function chanceOf(unhappy: number): string {
  return SHARE.format(Math.min(0.99, Math.max(0.01, unhappy)));
}

/** What was measured, from the least to the most where there are several; nothing where nothing is known. */
export function range(values: readonly (number | null)[]): string | null {
  const known = values.filter((value) => value !== null);
  if (!known.length) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)].map((value) => ERROR.format(value));
  return least === most ? String(least) : `${least}–${most}`;
}
