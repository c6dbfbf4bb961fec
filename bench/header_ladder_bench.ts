import { readHeaders } from "../retriever/read_headers.ts";
import { MemoryStore } from "../retriever/memory_store.ts";
import { readByFixedLadder } from "./fixed_ladder.ts";
import { makeInstance } from "./make_instance.ts";

/** Series of 200 instances whose headers are of the sizes that real ones are. */
const headerSizes = [2_000, 9_000, 65_000, 150_000];
const instances = 200;

for (const size of headerSizes) {
  const objects = new Map<string, Uint8Array>();
  for (let i = 0; i < instances; i++) {
    objects.set(`${String(i).padStart(4, "0")}.dcm`, makeInstance(size + (i % 7) * 10));
  }
  const store = new MemoryStore(objects);
  const keys = [...objects.keys()];
  const group = `${instances} headers of ${size} bytes`;
  Deno.bench("learned ladder", { group, baseline: true }, async () => {
    for await (const { error } of readHeaders(store, keys)) if (error) throw error;
  });
  Deno.bench("HEAD and fixed ladder", { group }, async () => {
    await Promise.all(keys.map((key) => readByFixedLadder(store, key)));
  });
  Deno.bench("whole objects", { group }, async () => {
    const { parseHeader } = await import("../dicom/parse_header.ts");
    await Promise.all(keys.map(async (key) => {
      const { bytes } = await store.get(key);
      parseHeader(bytes, { totalSize: bytes.length });
    }));
  });
}
