import { sampleSeries } from "../../cli/sample_series.ts";
import { randomBytes } from "../../support/random.ts";

/** What every server holds: a series, keys that are hard to write, and objects of odd sizes. */
export function sampleFolder(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ...sampleSeries(30, { folder: "series/", padding: 3000 }),
    ["odd/größe 1+1=2 & 100%.dcm", randomBytes(5000, 1)],
    ["odd/a'b(c)!*~,;:@$.dcm", randomBytes(300, 2)],
    ["odd/deep/er/x", randomBytes(100_000, 3)],
    ["odd/empty", new Uint8Array()],
    ["odd/one", randomBytes(1, 4)],
  ]);
}
