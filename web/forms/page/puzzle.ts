/** The puzzle of a page: a number that makes the SHA-256 of "mark:number" begin with zeros. */

const K = new Uint32Array(64);
const START = new Uint32Array(8);

/** The first bits of the fractional parts of roots of the first primes, as the standard has it. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

for (let candidate = 2, n = 0; n < 64; candidate++) {
  let prime = true;
  for (let i = 2; i * i <= candidate; i++) if (candidate % i === 0) prime = false;
  if (!prime) continue;
  if (n < 8) START[n] = fraction(candidate ** 0.5);
  K[n++] = fraction(Math.cbrt(candidate));
}

const W = new Uint32Array(64);

/** SHA-256 of ASCII text; crypto.subtle would cost a promise for each of thousands of tries. */
export function sha256(text: string): Uint32Array {
  const length = text.length;
  const words = new Uint32Array((((length + 8) >> 6) + 1) << 4);
  for (let i = 0; i < length; i++) words[i >> 2]! |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  words[length >> 2]! |= 0x80 << (24 - (length & 3) * 8);
  words[words.length - 1] = length * 8;
  const hash = START.slice();
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      if (i < 16) W[i] = words[block + i]!;
      else {
        const x = W[i - 15]!;
        const y = W[i - 2]!;
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        W[i] = (W[i - 16]! + s0 + W[i - 7]! + s1) | 0;
      }
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = hash[i]! + value));
  }
  return hash;
}

const SLICE_MS = 12;

/** The number that was looked for; it is sought in small slices, so that nobody's typing is held up. */
export function solve(mark: string, bits: number): Promise<string> {
  return new Promise((done) => {
    let tried = 0;
    const seek = () => {
      const end = performance.now() + SLICE_MS;
      do {
        for (let i = 0; i < 64; i++, tried++) {
          if (sha256(`${mark}:${tried}`)[0]! >>> (32 - bits) === 0) return done(`${tried}`);
        }
      } while (performance.now() < end);
      setTimeout(seek);
    };
    setTimeout(seek);
  });
}
