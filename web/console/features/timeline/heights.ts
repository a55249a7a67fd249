/** How high each row of a timeline is, as far as it has been drawn, and where each begins. */

/** What a row that was never drawn is taken for; close to a message of one line with its foot. */
const GUESS = 64;
const KEPT = 40;

export class Heights {
  private heights: (number | undefined)[] = [];
  private tops = new Float64Array(1);
  private upto = 0;
  count = 0;

  /** Rows come and go at the end. */
  resize(count: number): void {
    if (count === this.count) return;
    this.upto = Math.min(this.upto, count, this.count);
    this.count = count;
    this.heights.length = count;
    if (this.tops.length <= count) {
      const wider = new Float64Array(count + 256);
      wider.set(this.tops);
      this.tops = wider;
    }
  }

  /** Answers whether the row has another height than was known. */
  set(index: number, height: number): boolean {
    if (index >= this.count || Math.abs((this.heights[index] ?? -1) - height) < 0.5) return false;
    this.heights[index] = height;
    this.upto = Math.min(this.upto, index);
    return true;
  }

  /** Where a row begins; that of `count` is where the last one ends. */
  top(index: number): number {
    for (; this.upto < index; this.upto++) {
      this.tops[this.upto + 1] = this.tops[this.upto]! + (this.heights[this.upto] ?? GUESS);
    }
    return this.tops[index]!;
  }

  get total(): number {
    return this.top(this.count);
  }

  /** The row at this distance from the beginning. */
  at(distance: number): number {
    if (distance >= this.total) return Math.max(0, this.count - 1);
    let low = 0;
    let high = this.count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.top(middle) <= distance) low = middle;
      else high = middle;
    }
    return low;
  }
}

const kept = new Map<number, Heights>();

/** The heights of a conversation that was looked at before are remembered, so that it opens where it should at once. */
export function heightsOf(conversation: number): Heights {
  const found = kept.get(conversation) ?? new Heights();
  kept.delete(conversation);
  kept.set(conversation, found);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return found;
}
