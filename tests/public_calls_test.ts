import { assert, assertEquals } from "@std/assert";
import { isAsync, PublicDocs, typeOf } from "./support/public_docs.ts";

const docs = await PublicDocs.read();
const calls = docs.calls();

/** Calls whose options do not stand last, and why. */
const optionsElsewhere: Readonly<Record<string, string>> = {
  "SeriesIndex.renderFrames": "what uses the frames up is a function, which reads best at the end",
};

/** What is written to while it is used, and is no option: all other fields are read only. */
const state: Readonly<Record<string, string>> = {
  TransferStats: "counters that reads add to",
  LearnedPrefix: "what the reads of a series tell each other",
};

Deno.test("every asynchronous call takes a signal in its options, which stand last", () => {
  const asynchronous = calls.filter(isAsync);
  assert(asynchronous.length > 50);
  for (const { name, params } of asynchronous) {
    const at = params.findIndex((each) => docs.fields(typeOf(each)).has("signal"));
    assert(at !== -1, `${name} takes no signal`);
    const isLast = at === params.length - 1;
    assertEquals(isLast, !(name in optionsElsewhere), `the options of ${name} are number ${at}`);
  }
});

Deno.test("whatever can have several reads under way tells its progress", () => {
  let count = 0;
  for (const { name, params } of calls.filter(isAsync)) {
    for (const fields of params.map((each) => docs.fields(typeOf(each)))) {
      if (!fields.has("concurrency")) continue;
      assert(fields.has("onProgress"), `${name} takes no onProgress`);
      count++;
    }
  }
  assert(count > 5);
});

Deno.test("what is handed over is read only", () => {
  const open = docs.declarations("interface").filter(({ declaration }) =>
    declaration.def?.properties?.some((field) => !field.readonly)
  );
  assertEquals(open.map(({ symbol }) => symbol.name).sort(), Object.keys(state).sort());
});
