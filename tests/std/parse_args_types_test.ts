import { assertEquals, assertStrictEquals } from "@std/assert";
import { type Args, parseArgs, type ParseOptions } from "@std/cli";

/** Fails to compile unless the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;
const same = <_ extends true>(): void => {};

Deno.test("parseArgs types the options it is told of", () => {
  const args = parseArgs(
    ["--slice-offset=-1", "--json", "-c", "lung", "-c", "bone", "--fps", "12", "op"],
    {
      string: ["root", "slice-offset", "contrast", "fps", "_"],
      boolean: ["json", "labels"],
      collect: ["contrast", "extra"],
      negatable: ["labels"],
      alias: { contrast: "c" },
      default: { fps: "24", labels: true },
      "--": true,
    },
  );
  const sliceOffset: string | undefined = args["slice-offset"];
  const json: boolean = args.json;
  const labels: boolean = args.labels;
  const contrast: string[] = args.contrast;
  const extra: unknown[] = args.extra;
  const fps: string = args.fps;
  const rest: string[] = args["--"];
  const operands: (string | number)[] = args._;
  same<Same<typeof args.root, string | undefined>>();
  same<Same<typeof args.c, string[]>>();
  same<Same<typeof args.json, boolean>>();
  same<Same<typeof args.anything, unknown>>();
  assertEquals(
    [sliceOffset, json, labels, contrast, extra, fps, rest, operands.map(String)],
    ["-1", true, true, ["lung", "bone"], undefined, "12", [], ["op"]],
  );
});

Deno.test("parseArgs without types gives any, and its result is an Args", () => {
  const options: ParseOptions = { string: ["a"] };
  for (const args of [parseArgs(["--a", "b"]), parseArgs(["--a", "b"], options)]) {
    const result: Args = args;
    const a: string = result.a;
    assertStrictEquals(a, "b");
    assertEquals(result._, []);
  }
});

Deno.test("parseArgs takes names that are known only when it runs", () => {
  const names: string[] = ["root", "width"];
  const args = parseArgs(["--root", "a", "--width=5"], {
    string: names,
    boolean: ["json"].slice(),
    collect: names.slice(1),
    alias: Object.fromEntries(names.map((name) => [name, name.charAt(0)])),
    stopEarly: false,
  });
  const root: unknown = args["root"];
  assertEquals(root, "a");
  assertEquals<unknown>(args["w"], ["5"]);
});
