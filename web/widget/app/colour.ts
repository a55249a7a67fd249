/** Any colour a shop may choose, made readable on paper and in the dark (WCAG contrast). */

type Rgb = [number, number, number];

export const CELADON = "#0f766e";
const INK: Rgb = [28, 36, 33];
const WHITE: Rgb = [255, 255, 255];
// The darkest ground of the light sheet and the lightest of the dark one: what reads there, reads everywhere.
const WASH: Rgb = [241, 239, 232];
const NIGHT: Rgb = [37, 46, 43];
const AA = 4.5;

export function parseColour(text: string | undefined): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(text ?? "")?.[1] ?? CELADON.slice(1);
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)) as Rgb;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function mix(a: Rgb, b: Rgb, part: number): Rgb {
  return a.map((c, i) => Math.round(c + (b[i]! - c) * part)) as Rgb;
}

/** Moves a colour towards another until it can be read on the ground. */
function readable(colour: Rgb, ground: Rgb, towards: Rgb): Rgb {
  let found = colour;
  for (let part = 0; contrast(found, ground) < AA && part <= 1; part += 0.05) found = mix(colour, towards, part);
  return found;
}

const css = (rgb: Rgb): string => `rgb(${rgb.join(" ")})`;

/**
 * The style properties of a shop's colour: --accent as a ground with --on-accent upon it, --glaze a lighter shade of
 * it, and --accent-ink / --accent-night for words and lines on paper and in the dark.
 */
export function palette(colour: string | undefined): Record<string, string> {
  const chosen = parseColour(colour);
  // A middle grey-green can carry neither white nor ink well: darken the ground until one of them can be read.
  const carriesInk = contrast(chosen, INK) >= 6.5;
  const on = carriesInk ? INK : WHITE;
  const accent = readable(chosen, on, carriesInk ? WHITE : INK);
  return {
    "--accent": css(accent),
    "--on-accent": css(on),
    "--glaze": css(readable(mix(accent, WHITE, carriesInk ? 0.25 : 0.14), on, accent)),
    "--accent-ink": css(readable(chosen, WASH, INK)),
    "--accent-night": css(readable(chosen, NIGHT, WHITE)),
  };
}
