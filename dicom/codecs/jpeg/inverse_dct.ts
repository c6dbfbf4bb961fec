// The accurate integer DCT of the Independent JPEG Group, after Loeffler, Ligtenberg and
// Moschytz (1989): its rounding is what decoders of medical images agree on to the bit.
const fractionBits = 13;
const fix0298631336 = 2446;
const fix0390180644 = 3196;
const fix0541196100 = 4433;
const fix0765366865 = 6270;
const fix0899976223 = 7373;
const fix1175875602 = 9633;
const fix1501321110 = 12299;
const fix1847759065 = 15137;
const fix1961570560 = 16069;
const fix2053119869 = 16819;
const fix2562915447 = 20995;
const fix3072711026 = 25172;

/**
 * Turns eight values in place from frequencies into samples.
 *
 * @param step Distance from one value to the next.
 * @param shift Bits to round off.
 */
function transformLine(work: Int32Array, at: number, step: number, shift: number): void {
  const i1 = at + step;
  const i2 = i1 + step;
  const i3 = i2 + step;
  const i4 = i3 + step;
  const i5 = i4 + step;
  const i6 = i5 + step;
  const i7 = i6 + step;
  const c0 = work[at]!;
  const c1 = work[i1]!;
  const c2 = work[i2]!;
  const c3 = work[i3]!;
  const c4 = work[i4]!;
  const c5 = work[i5]!;
  const c6 = work[i6]!;
  const c7 = work[i7]!;
  const half = 1 << (shift - 1);
  if ((c1 | c2 | c3 | c4 | c5 | c6 | c7) === 0) {
    const flat = ((c0 << fractionBits) + half) >> shift;
    work[at] =
      work[i1] =
      work[i2] =
      work[i3] =
        flat;
    work[i4] =
      work[i5] =
      work[i6] =
      work[i7] =
        flat;
    return;
  }

  const evenTurn = Math.imul(c2 + c6, fix0541196100);
  const even2 = evenTurn - Math.imul(c6, fix1847759065);
  const even3 = evenTurn + Math.imul(c2, fix0765366865);
  const even0 = ((c0 + c4) << fractionBits) + half;
  const even1 = ((c0 - c4) << fractionBits) + half;
  const sum0 = even0 + even3;
  const sum3 = even0 - even3;
  const sum1 = even1 + even2;
  const sum2 = even1 - even2;

  const oddTurn = Math.imul(c7 + c3 + c5 + c1, fix1175875602);
  const z1 = -Math.imul(c7 + c1, fix0899976223);
  const z2 = -Math.imul(c5 + c3, fix2562915447);
  const z3 = oddTurn - Math.imul(c7 + c3, fix1961570560);
  const z4 = oddTurn - Math.imul(c5 + c1, fix0390180644);
  const odd0 = Math.imul(c7, fix0298631336) + z1 + z3;
  const odd1 = Math.imul(c5, fix2053119869) + z2 + z4;
  const odd2 = Math.imul(c3, fix3072711026) + z2 + z3;
  const odd3 = Math.imul(c1, fix1501321110) + z1 + z4;

  work[at] = (sum0 + odd3) >> shift;
  work[i7] = (sum0 - odd3) >> shift;
  work[i1] = (sum1 + odd2) >> shift;
  work[i6] = (sum1 - odd2) >> shift;
  work[i2] = (sum2 + odd1) >> shift;
  work[i5] = (sum2 - odd1) >> shift;
  work[i3] = (sum3 + odd0) >> shift;
  work[i4] = (sum3 - odd0) >> shift;
}

/**
 * Turns a block of 64 scaled coefficients in place into samples around 0 (T.81 A.3.3).
 *
 * @param precision Bits of a sample: 8, or 12, which leaves one bit less for fractions.
 */
export function inverseDct(block: Int32Array, precision: number): void {
  const kept = precision === 8 ? 2 : 1;
  for (let column = 0; column < 8; column++) transformLine(block, column, 8, fractionBits - kept);
  // The three bits more are the factor 8 of a two-dimensional transform.
  for (let row = 0; row < 64; row += 8) transformLine(block, row, 1, fractionBits + kept + 3);
}
