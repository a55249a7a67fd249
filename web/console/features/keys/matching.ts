/** Whether a line answers to what somebody types: all words, in any order; Korean also by its first consonants. */

const FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const HANGUL = 0xac00;
const LAST = 0xd7a3;
const PER_FIRST = 588;

/** "배정하기" → "ㅂㅈㅎㄱ"; what is no Korean syllable stays. */
export function consonants(text: string): string {
  return [...text]
    .map((each) => {
      const code = each.codePointAt(0) ?? 0;
      return code >= HANGUL && code <= LAST ? FIRST[Math.floor((code - HANGUL) / PER_FIRST)] : each;
    })
    .join("");
}

const plain = (text: string) => text.normalize("NFKC").toLowerCase();

const START = 3;
const WORD = 2;
const MIDDLE = 1;

/** How well a line answers, 0 for not at all: its beginning counts more than its middle. */
export function score(query: string, line: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const points = words.map((word) => scoreOf(word, plain(line)));
  if (points.includes(0)) return 0;
  return points.length ? points.reduce((sum, each) => sum + each) / points.length : MIDDLE;
}

function scoreOf(word: string, text: string): number {
  // A half-typed syllable is a letter of the compatibility block; the usual form would take it apart.
  const letters = /^[ㄱ-ㅎ]+$/.test(word);
  const asked = letters ? word : plain(word);
  const where = letters ? consonants(text) : text;
  if (where.startsWith(asked)) return START;
  if (where.includes(` ${asked}`)) return WORD;
  // Two Latin letters are in the middle of nearly everything.
  return where.includes(asked) && (asked.length > 2 || !/^[a-z0-9]+$/.test(asked)) ? MIDDLE : 0;
}

/** The lines that answer, best first; equally good ones stay in their order. */
export function ranked<T>(query: string, items: readonly T[], line: (item: T) => string): T[] {
  return items
    .map((item, i) => ({ item, i, points: score(query, line(item)) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.i - b.i)
    .map(({ item }) => item);
}
