/** While fewer headers than this were seen, the next may well be longer than all of them. */
const few = 16;
/** By this part of it while few were seen, and by this one later. */
const [fewMargin, margin] = [10, 16];
/** Reading more than the headers take is held for nothing up to this part of it. */
const freeShare = 0.12;
/** A second request costs as much as reading this many headers for nothing. */
const requestPrice = 3;

/**
 * The length to ask for that would have cost the least over the headers that were seen: pure.
 *
 * Twelve percent more than the headers' own bytes cost nothing, what is beyond that its bytes, and a
 * second request three headers. So a few long ones do not make all others be read as long, nor does
 * a series of two lengths take two requests for half of them.
 *
 * @param seen Lengths of headers, one at least.
 */
export function usualLength(seen: readonly number[]): number {
  const lengths = seen.toSorted((a, b) => a - b);
  const count = lengths.length;
  const price = requestPrice * lengths[(count - 1) >> 1]!;
  const part = count < few ? fewMargin : margin;
  const needed = lengths.reduce((sum, length) => sum + length, 0);
  let best = { asked: 0, cost: Infinity };
  let beyond = needed;
  let within = 0;
  for (const length of lengths) {
    const asked = length + Math.ceil(length / part);
    while (within < count && lengths[within]! <= asked) beyond -= lengths[within++]!;
    const wasted = Math.max(0, within * asked + beyond - (1 + freeShare) * needed);
    const cost = wasted + (count - within) * price;
    if (cost <= best.cost) best = { asked, cost };
  }
  return best.asked;
}
