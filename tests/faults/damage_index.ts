import {
  IndexBuilder,
  loadOrGenerateIndex,
  openFileIndexCache,
  type SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { makeAttribute, makeAxial } from "../index_cache/support.ts";
import { concat } from "../support/dicom_fixtures.ts";
import { seededRandom } from "../support/random.ts";
import { indexContent } from "./index_content.ts";

/** How indices are damaged. */
export interface DamageOptions {
  readonly count: number;
  readonly seed: number;
}

/** What became of the damaged indices. */
export interface DamageReport {
  /** How many were refused and built anew with one line, by kind of damage. */
  readonly rebuilt: Readonly<Record<string, number>>;
  /** What must not be. */
  readonly faults: readonly string[];
}

/** Bytes that file systems write at once. */
const block = 512;

type Damage = (index: Uint8Array, earlier: Uint8Array, random: () => number) => Uint8Array;

const at = (random: () => number, length: number) => Math.floor(random() * length);
/** Where a block begins. */
const blockAt = (random: () => number, length: number) => at(random, length / block) * block;

/** Damages by name. The earlier index is of the same series, and as long or longer. */
const damages: Readonly<Record<string, Damage>> = {
  "a bit flipped": (index, _, random) => {
    const copy = index.slice();
    copy[at(random, copy.length)]! ^= 1 << at(random, 8);
    return copy;
  },
  "bits flipped": (index, _, random) => {
    const copy = index.slice();
    for (let left = 2 + at(random, 15); left > 0; left--) {
      copy[at(random, copy.length)]! ^= 1 << at(random, 8);
    }
    return copy;
  },
  "bits of the footer flipped": (index, _, random) => {
    const copy = index.slice();
    const footer = new DataView(copy.buffer).getUint32(copy.length - 8, true) + 8;
    for (let left = 1 + at(random, 3); left > 0; left--) {
      copy[copy.length - 1 - at(random, footer)]! ^= 1 << at(random, 8);
    }
    return copy;
  },
  "cut": (index, _, random) => index.slice(0, at(random, index.length)),
  "cut by a few bytes": (index, _, random) => index.slice(0, -1 - at(random, 16)),
  "a block of zeros": (index, _, random) => {
    const start = blockAt(random, index.length);
    return index.slice().fill(0, start, start + block);
  },
  "zeros from a block on": (index, _, random) =>
    index.slice().fill(0, blockAt(random, index.length)),
  "a block lost": (index, _, random) => {
    const start = blockAt(random, index.length);
    return concat(index.slice(0, start), index.slice(start + block));
  },
  "a block of an earlier index": (index, earlier, random) => {
    const start = blockAt(random, index.length);
    const copy = index.slice();
    copy.set(earlier.subarray(start, Math.min(start + block, copy.length)), start);
    return copy;
  },
  "the rest of an earlier index": (index, earlier, random) => {
    const start = at(random, index.length);
    return concat(index.slice(0, start), earlier.slice(start));
  },
  "more behind it": (index, _, random) => concat(index, index.slice(0, 1 + at(random, 100))),
};

/**
 * Damages kept indices, and has a program load each: it must be refused before anything of it is
 * parsed, and built anew with one line.
 */
export async function damageIndex({ count, seed }: DamageOptions): Promise<DamageReport> {
  await using folder = await temporaryFolder();
  const cache = await openFileIndexCache(folder.join("cache"));
  const [table, earlier] = [await buildTable("b"), await writeIndex(await buildTable("a"))];
  const index = await writeIndex(table);
  const content = await indexContent(index);
  const random = seededRandom(seed);
  const rebuilt: Record<string, number> = {};
  const faults: string[] = [];
  const kinds = Object.keys(damages);
  for (let run = 0; run < count; run++) {
    const kind = kinds[run % kinds.length]!;
    let damaged: Uint8Array;
    do {
      damaged = damages[kind]!(index, earlier, random);
      // Some damages change nothing, or make the earlier index of it, which is as sound.
    } while (equalBytes(damaged, index) || equalBytes(damaged, earlier));
    await cache.put("s", damaged);
    const notices: string[] = [];
    const { source } = await loadOrGenerateIndex("s", {
      cache,
      generate: () => Promise.resolve(table),
      onNotice: (line) => notices.push(line),
    });
    const [notice = "nothing was said", ...others] = notices;
    const isRefused = source === "miss" && others.length === 0 &&
      /^the cached index s is built anew: the index is (damaged|cut, or another program wrote it)$/
        .test(notice);
    if (!isRefused) faults.push(`run ${run}, ${kind}: ${source}, ${notices.join("; ")}`);
    else if (await indexContent((await cache.get("s"))!) === content) {
      rebuilt[kind] = (rebuilt[kind] ?? 0) + 1;
    } else faults.push(`run ${run}, ${kind}: not mended`);
  }
  return { rebuilt, faults };
}

async function buildTable(text: string): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (let number = 0; number < 30; number++) {
    const { attributes, ...instance } = makeAxial(`demo:s/${number}`, number, number);
    const label = makeAttribute("AccessionNumber", [`${text}${number * 7919}`]);
    builder.add({ ...instance, attributes: [...attributes, label] });
  }
  return await builder.build({ seriesUID: "s", address: "demo:s" });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
