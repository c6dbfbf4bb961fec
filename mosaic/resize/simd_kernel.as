// The inner loops of `resizeBySimd` in AssemblyScript: `deno task update` makes simd_kernel.ts of it.
//
// A weight has 22 bits after its point and is held in two halves of 16 bits, high · 2^11 + low, since
// that is what is multiplied eight at a time; their sums are put together exactly.

/**
 * Filters each row of `length` bytes to `outputs` bytes that are `step` apart, four rows at a time,
 * which share each weight; where fewer are left, the last is redone.
 */
export function filterRows(
  from: usize,
  to: usize,
  rows: i32,
  length: i32,
  outputs: i32,
  step: i32,
  starts: usize,
  lengths: usize,
  high: usize,
  low: usize,
  taps: i32,
): void {
  const half = i32x4.splat(1 << 21);
  for (let row = 0; row < rows; row += 4) {
    const second = min(1, rows - 1 - row);
    const third = min(2, rows - 1 - row);
    const fourth = min(3, rows - 1 - row);
    let output = to + row * outputs * step;
    for (let x = 0; x < outputs; x++) {
      let pixels = from + row * length + load<i32>(starts + (x << 2));
      const end = load<i32>(lengths + (x << 2));
      let weights = (x * taps) << 1;
      let a0 = i32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
      let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      // What is behind the last weight has weights of 0.
      for (let tap = 0; tap < end; tap += 8) {
        const h = v128.load(high + weights);
        const l = v128.load(low + weights);
        const v0 = v128.load_ext<u8>(pixels);
        const v1 = v128.load_ext<u8>(pixels + second * length);
        const v2 = v128.load_ext<u8>(pixels + third * length);
        const v3 = v128.load_ext<u8>(pixels + fourth * length);
        a0 = i32x4.add(a0, v128.dot<i16>(v0, h));
        a1 = i32x4.add(a1, v128.dot<i16>(v1, h));
        a2 = i32x4.add(a2, v128.dot<i16>(v2, h));
        a3 = i32x4.add(a3, v128.dot<i16>(v3, h));
        b0 = i32x4.add(b0, v128.dot<i16>(v0, l));
        b1 = i32x4.add(b1, v128.dot<i16>(v1, l));
        b2 = i32x4.add(b2, v128.dot<i16>(v2, l));
        b3 = i32x4.add(b3, v128.dot<i16>(v3, l));
        pixels += 8;
        weights += 16;
      }
      const high4 = sumEach(a0, a1, a2, a3);
      const sums = i32x4.add(i32x4.shl(high4, 11), sumEach(b0, b1, b2, b3));
      const words = i32x4.shr_s(i32x4.add(sums, half), 22);
      const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(words, words), words);
      v128.store_lane<u8>(output, bytes, 0);
      v128.store_lane<u8>(output + second * outputs * step, bytes, 1);
      v128.store_lane<u8>(output + third * outputs * step, bytes, 2);
      v128.store_lane<u8>(output + fourth * outputs * step, bytes, 3);
      output += step;
    }
  }
}

/** The sum of the four lanes of each. */
@inline
function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(
    v128.shuffle<i32>(a, b, 0, 4, 2, 6),
    v128.shuffle<i32>(a, b, 1, 5, 3, 7),
  );
  const cd = i32x4.add(
    v128.shuffle<i32>(c, d, 0, 4, 2, 6),
    v128.shuffle<i32>(c, d, 1, 5, 3, 7),
  );
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

/** Filters each column of rows of `width` bytes, sixteen at a time: the last ones over the row's end. */
export function filterColumns(
  from: usize,
  to: usize,
  width: i32,
  outputs: i32,
  starts: usize,
  lengths: usize,
  high: usize,
  low: usize,
  taps: i32,
): void {
  const half = i32x4.splat(1 << 21);
  for (let y = 0; y < outputs; y++) {
    const first = from + load<i32>(starts + (y << 2)) * width;
    const end = load<i32>(lengths + (y << 2));
    const weights = (y * taps) << 1;
    for (let x = 0; x < width; x += 16) {
      let a0 = i32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
      let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let row = first + x;
      for (let tap = 0; tap < end; tap += 2) {
        const p = v128.load(row);
        const q = v128.load(row + width);
        row += width << 1;
        const left = i8x16.shuffle(p, q, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        const right =
          i8x16.shuffle(p, q, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        const v0 = i16x8.extend_low_i8x16_u(left);
        const v1 = i16x8.extend_high_i8x16_u(left);
        const v2 = i16x8.extend_low_i8x16_u(right);
        const v3 = i16x8.extend_high_i8x16_u(right);
        const h = v128.load32_splat(high + weights + (tap << 1));
        const l = v128.load32_splat(low + weights + (tap << 1));
        a0 = i32x4.add(a0, v128.dot<i16>(v0, h));
        a1 = i32x4.add(a1, v128.dot<i16>(v1, h));
        a2 = i32x4.add(a2, v128.dot<i16>(v2, h));
        a3 = i32x4.add(a3, v128.dot<i16>(v3, h));
        b0 = i32x4.add(b0, v128.dot<i16>(v0, l));
        b1 = i32x4.add(b1, v128.dot<i16>(v1, l));
        b2 = i32x4.add(b2, v128.dot<i16>(v2, l));
        b3 = i32x4.add(b3, v128.dot<i16>(v3, l));
      }
      a0 = i32x4.shr_s(i32x4.add(half, i32x4.add(i32x4.shl(a0, 11), b0)), 22);
      a1 = i32x4.shr_s(i32x4.add(half, i32x4.add(i32x4.shl(a1, 11), b1)), 22);
      a2 = i32x4.shr_s(i32x4.add(half, i32x4.add(i32x4.shl(a2, 11), b2)), 22);
      a3 = i32x4.shr_s(i32x4.add(half, i32x4.add(i32x4.shl(a3, 11), b3)), 22);
      v128.store(
        to + x,
        i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a0, a1), i16x8.narrow_i32x4_s(a2, a3)),
      );
    }
    to += width;
  }
}
