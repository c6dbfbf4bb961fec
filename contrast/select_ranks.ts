/** Visits every value with how often it occurs, in any order, as often as it is called. */
export type ReplayValues = (visit: (value: number, count: number) => void) => void;

/** A rank on its way to its value. */
interface Search {
  /** The digits known so far of the value's key, as one number. */
  prefix: number;
  /** The rank among the values whose keys start with these digits. */
  rank: number;
}

const digitCount = 0x10000;

/**
 * Finds the values at some ranks (0 is the smallest), exactly and whatever
 * their range, without holding or sorting them: a radix selection by the
 * 64 bits of a double, a digit of 16 at a time, from the most significant.
 *
 * @param replay The values, none of them NaN; visited five times
 * @param ranksOf The ranks wanted, given how many values there are
 * @returns A value for each rank
 */
export function selectRanks(
  replay: ReplayValues,
  ranksOf: (total: number) => readonly number[],
): number[] {
  const key = new OrderedKey();
  let total = 0;
  replay((_value, count) => total += count);
  const searches = ranksOf(total).map((rank): Search => ({ prefix: 0, rank }));
  const values: number[] = [];
  for (let level = 0; level < 4; level++) {
    const prefixes = [...new Set(searches.map((search) => search.prefix))];
    const counts = prefixes.map(() => new Float64Array(digitCount));
    replay((value, count) => {
      key.set(value);
      const found = prefixes.indexOf(key.prefix(level));
      if (found >= 0) counts[found]![key.digit(level)]! += count;
    });
    for (const search of searches) {
      const digit = descend(search, counts[prefixes.indexOf(search.prefix)]!);
      if (level < 3) search.prefix = search.prefix * digitCount + digit;
      else values.push(key.value(search.prefix, digit));
    }
  }
  return values;
}

/** Finds the digit that the search's rank falls on, and takes off the rank what lies below it. */
function descend(search: Search, counts: Float64Array): number {
  let digit = 0;
  while (digit < digitCount - 1 && search.rank >= counts[digit]!) {
    search.rank -= counts[digit]!;
    digit++;
  }
  return digit;
}

/** The bits of a double, turned so that unsigned comparison of keys is comparison of values. */
class OrderedKey {
  readonly #view = new DataView(new ArrayBuffer(8));
  #high = 0;
  #low = 0;

  set(value: number): void {
    this.#view.setFloat64(0, value);
    const high = this.#view.getUint32(0);
    // Of a negative number all bits are turned, of another the sign only.
    const negative = high >= 0x80000000;
    this.#high = (high ^ (negative ? 0xffffffff : 0x80000000)) >>> 0;
    this.#low = (this.#view.getUint32(4) ^ (negative ? 0xffffffff : 0)) >>> 0;
  }

  /** The 16 bits of a level, 0 for the most significant. */
  digit(level: number): number {
    const half = level < 2 ? this.#high : this.#low;
    return level % 2 === 0 ? half >>> 16 : half & 0xffff;
  }

  /** The digits before a level. */
  prefix(level: number): number {
    switch (level) {
      case 0:
        return 0;
      case 1:
        return this.#high >>> 16;
      case 2:
        return this.#high;
      default:
        return this.#high * digitCount + (this.#low >>> 16);
    }
  }

  /** The value whose key is the first three digits and the last. */
  value(prefix: number, lastDigit: number): number {
    const high = Math.floor(prefix / digitCount);
    const low = (prefix % digitCount) * digitCount + lastDigit;
    const negative = high < 0x80000000;
    this.#view.setUint32(0, high ^ (negative ? 0xffffffff : 0x80000000));
    this.#view.setUint32(4, low ^ (negative ? 0xffffffff : 0));
    return this.#view.getFloat64(0);
  }
}
