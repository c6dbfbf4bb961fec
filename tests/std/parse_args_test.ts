import { assertEquals, assertThrows } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli";

interface Row {
  name: string;
  args: string[];
  options?: ParseOptions;
  expected: Record<string, unknown>;
}

const rows: Row[] = [
  { name: "nothing gives no operands", args: [], expected: { _: [] } },
  {
    name: "operands that look like numbers become numbers",
    args: ["9", "0x10", "1e3", "1.5", "", " ", "Infinity", "a9", "-"],
    expected: { _: [9, 16, 1000, 1.5, "", " ", "Infinity", "a9", "-"] },
  },
  {
    name: "operands stay strings when `_` is listed under string",
    args: ["9", "--", "8"],
    options: { string: ["_"] },
    expected: { _: ["9", "8"] },
  },
  {
    name: "what follows a double dash is operands, as it stands",
    args: ["a", "--", "--b", "9", "--"],
    expected: { _: ["a", "--b", "9", "--"] },
  },
  {
    name: "what follows a double dash can be kept apart",
    args: ["a", "--", "b", "9"],
    options: { "--": true },
    expected: { _: ["a"], "--": ["b", "9"] },
  },
  {
    name: "a long option takes the next argument or what is joined to it",
    args: ["--width", "512", "--height=256", "--root=s3://a/b?c=d"],
    options: { string: ["width", "height", "root"] },
    expected: { width: "512", height: "256", root: "s3://a/b?c=d", _: [] },
  },
  {
    name: "a value not listed under string becomes a number if it looks like one",
    args: ["--width", "512", "--root=x"],
    expected: { width: 512, root: "x", _: [] },
  },
  {
    name: "a joined value may be empty, start with a hyphen or span lines",
    args: ["--a=", "--b=-500", "--c=x\ny"],
    options: { string: ["a", "b", "c"] },
    expected: { a: "", b: "-500", c: "x\ny", _: [] },
  },
  {
    name: "a long option does not take a negative number, which is read as short options",
    args: ["--contrast", "-500"],
    options: { string: ["contrast"] },
    expected: { contrast: "", 5: true, 0: true, _: [] },
  },
  {
    name: "a long option does not take a lone hyphen, but a short one does",
    args: ["--output", "-", "-o", "-"],
    options: { string: ["output", "o"] },
    expected: { output: "", o: "-", _: ["-"] },
  },
  {
    name: "a short option does not take a negative number, unless it is joined",
    args: ["-s", "-1", "-e=-2", "-p-3"],
    options: { string: ["s", "e", "p"] },
    expected: { s: "", 1: true, e: "-2", p: "-3", _: [] },
  },
  {
    name: "an empty argument is no value",
    args: ["--root", "", "x"],
    options: { string: ["root"] },
    expected: { root: "", _: ["", "x"] },
  },
  {
    name: "an option at the end has an empty value, or is true",
    args: ["-n", "--a", "--b"],
    options: { string: ["a"] },
    expected: { n: true, a: "", b: true, _: [] },
  },
  {
    name: "a digit after a letter is its value",
    args: ["-n9", "-w512", "-p.5"],
    options: { string: ["n"] },
    expected: { n: "9", w: 512, p: 0.5, _: [] },
  },
  {
    name: "short options are grouped, and the last takes the next argument",
    args: ["-qn", "9", "x"],
    options: { boolean: ["q"], string: ["n"] },
    expected: { q: true, n: "9", _: ["x"] },
  },
  {
    name: "a group that ends in a digit is the value of its first letter",
    args: ["-qn9"],
    options: { boolean: ["q"], string: ["n"] },
    expected: { q: "n9", _: [] },
  },
  {
    name: "a group of letters before an equals sign gives the value to the first",
    args: ["-ab=c"],
    expected: { a: "c", _: [] },
  },
  {
    name: "a letter before a sign takes the rest of the word",
    args: ["-o/tmp/a.png", "-t*Date"],
    options: { string: ["o", "t"] },
    expected: { o: "/tmp/a.png", t: "*Date", _: [] },
  },
  {
    name: "a boolean option takes no value, save true and false",
    args: ["--json", "x", "--quiet", "false", "--verbose=false", "--labels=no", "-h", "true"],
    options: { boolean: ["json", "quiet", "verbose", "labels", "h"] },
    expected: { json: true, quiet: false, verbose: false, labels: true, h: true, _: ["x"] },
  },
  {
    name: "a boolean option that is not given is false",
    args: [],
    options: { boolean: ["json"], string: ["root"] },
    expected: { json: false, _: [] },
  },
  {
    name: "all long options can be boolean",
    args: ["--a", "b", "--c=d", "-e", "f"],
    options: { boolean: true },
    expected: { a: true, c: "d", e: "f", _: ["b"] },
  },
  {
    name: "a negatable option is made false by no-",
    args: ["--no-labels", "--no-cache"],
    options: { boolean: ["labels"], negatable: ["labels"], default: { labels: true } },
    expected: { labels: false, "no-cache": true, _: [] },
  },
  {
    name: "a boolean option may itself be called no-",
    args: ["--no-cache", "x"],
    options: { boolean: ["no-cache"] },
    expected: { "no-cache": true, _: ["x"] },
  },
  {
    name: "a repeated option has its last value",
    args: ["-c", "lung", "-c", "bone"],
    options: { string: ["c"] },
    expected: { c: "bone", _: [] },
  },
  {
    name: "a collected option has all of its values, and none is an empty list",
    args: ["-c", "lung", "--contrast=bone", "-c80"],
    options: {
      string: ["contrast", "tag"],
      collect: ["contrast", "tag"],
      alias: { contrast: "c" },
    },
    expected: {
      contrast: ["lung", "bone", "80"],
      c: ["lung", "bone", "80"],
      tag: [],
      _: [],
    },
  },
  {
    name: "a negated collected option is false",
    args: ["--tag=a", "--no-tag"],
    options: { string: ["tag"], collect: ["tag"], negatable: ["tag"] },
    expected: { tag: false, _: [] },
  },
  {
    name: "an alias is set with the name it stands for, whichever is given",
    args: ["-n", "9", "--help"],
    options: {
      string: ["samples"],
      boolean: ["help"],
      alias: { samples: ["n", "count"], help: "?" },
    },
    expected: { samples: "9", n: "9", count: "9", help: true, "?": true, _: [] },
  },
  {
    name: "defaults are for options that are not given, with their aliases",
    args: ["--fps", "12"],
    options: { string: ["fps", "q"], default: { fps: "24", quality: 60 }, alias: { quality: "q" } },
    expected: { fps: "12", quality: 60, q: 60, _: [] },
  },
  {
    name: "reading can stop at the first operand",
    args: ["-v", "mosaic", "-n", "9"],
    options: { boolean: ["v"], stopEarly: true },
    expected: { v: true, _: ["mosaic", "-n", "9"] },
  },
  {
    name: "a dotted name is a path into an object",
    args: ["--a.b=1", "--a.c", "x"],
    expected: { a: { b: 1, c: "x" }, _: [] },
  },
  {
    name: "the prototype is out of reach",
    args: ["--__proto__.polluted=1", "--constructor.prototype.polluted=1"],
    expected: { _: [] },
  },
];

for (const { name, args, options, expected } of rows) {
  Deno.test(`parseArgs: ${name}`, () => {
    assertEquals<Record<string, unknown>>(parseArgs(args, options), expected);
  });
}

Deno.test("parseArgs asks about every option not named, and about every operand", () => {
  const asked: unknown[][] = [];
  const args = parseArgs(["--root", "r", "-xy", "--z=1", "--no-w", "op", "-5", "--", "rest"], {
    string: ["root"],
    unknown: (...call) => {
      asked.push(call);
      return call[1] === undefined;
    },
  });
  assertEquals(asked, [
    ["-xy", "x", true],
    ["-xy", "y", true],
    ["--z=1", "z", "1"],
    ["--no-w", "no-w", "op"],
    ["-5", "5", true],
  ]);
  assertEquals(args, { root: "r", _: ["rest"] });
});

Deno.test("parseArgs leaves out an operand that unknown answers with false", () => {
  const args = parseArgs(["a", "b"], { unknown: (arg) => arg !== "a" });
  assertEquals(args, { _: ["b"] });
});

Deno.test("parseArgs lets an error thrown by unknown through", () => {
  class Unknown extends Error {}
  const unknown = (arg: string) => {
    throw new Unknown(arg);
  };
  assertThrows(() => parseArgs(["--what"], { unknown }), Unknown, "--what");
});

Deno.test("parseArgs refuses an alias that is undefined", () => {
  const alias = { a: undefined } as unknown as Record<string, string>;
  assertThrows(() => parseArgs([], { alias }), TypeError, "Alias value must be defined");
});

Deno.test("parseArgs does not change its arguments", () => {
  const args = Object.freeze(["-a", "b", "--", "c"]);
  parseArgs(args, { "--": true });
  assertEquals(args, ["-a", "b", "--", "c"]);
});
