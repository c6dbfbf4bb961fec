import { randomBytes } from "../support/random.ts";

/** Objects whose keys and sizes are as awkward as real ones get. */
export function sampleObjects(): Map<string, Uint8Array<ArrayBuffer>> {
  const keys: [key: string, size: number][] = [
    ["series/0001.dcm", 1000],
    ["series/0002.dcm", 1],
    ["series/empty.dcm", 0],
    ["series/large.dcm", 150_000],
    ["series/no suffix", 10],
    ["series/a b.dcm", 11],
    ["series/a+b.dcm", 12],
    ["series/a%20b.dcm", 13],
    ["series/a%zz.dcm", 14],
    ["series/a&amp;b.dcm", 15],
    ["series/a&b<c>.dcm", 16],
    ['series/it\'s "it".dcm', 17],
    ["series/what?#;=:@,$.dcm", 18],
    ["series/(1)!*~[2]{3}^`|.dcm", 19],
    ["series/ spaces at both ends ", 20],
    ["series/größe-寸法.dcm", 21],
    ["series/\u{1f600}.dcm", 22],
    ["series/\uff5e.dcm", 23],
    ["series/0012", 24],
    ["series/1e3", 25],
    ["series/sub.dcm", 26],
    ["series/sub/0003.dcm", 27],
    ["series/sub/deeper/0004.dcm", 28],
    ["series-b/0001.dcm", 29],
    ["other/0001.dcm", 30],
  ];
  return new Map(keys.map(([key, size], index) => [key, randomBytes(size, index + 1)]));
}
