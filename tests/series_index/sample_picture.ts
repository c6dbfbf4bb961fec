/** The bytes of a slice of `sampleSeries`, 12 × 16, by a window that is exact. */
export function samplePicture(number: number, width: number, level: number): number[] {
  return Array.from({ length: 16 * 12 }, (_, at) => {
    const value = (at % 12 * 37 + Math.floor(at / 12) * 101 + number * 211) % 2000 - 1024;
    const share = (value - level) / width + 0.5;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  });
}
