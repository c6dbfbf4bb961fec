import { assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import {
  basename,
  dirname,
  extname,
  fromFileUrl,
  isAbsolute,
  join,
  normalize,
  relative,
  resolve,
  SEPARATOR,
  toFileUrl,
} from "@std/path";

/** The tables speak POSIX; the real package speaks the platform's tongue. */
const ignore = Deno.build.os === "windows";
const cwd = Deno.cwd();

function table<Args extends unknown[], Result>(
  call: (...args: Args) => Result,
  rows: [args: Args, expected: Result][],
): void {
  for (const [args, expected] of rows) {
    Deno.test({
      name: `${call.name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`,
      ignore,
      fn: () => assertEquals(call(...args), expected),
    });
  }
}

table(join, [
  [["a", "b"], "a/b"],
  [["/a/", "/b/"], "/a/b/"],
  [["a", "", "b"], "a/b"],
  [["", ""], "."],
  [[""], "."],
  [["a", "../.."], ".."],
  [["/", "../x"], "/x"],
  [["./a"], "a"],
  [[new URL("file:///tmp/a%20b/"), "c"], "/tmp/a b/c"],
]);

table(normalize, [
  [[""], "."],
  [["."], "."],
  [["./"], "./"],
  [["/"], "/"],
  [["//a//b//"], "/a/b/"],
  [["a/./b/../c"], "a/c"],
  [["a/.."], "."],
  [["a/../"], "./"],
  [["../../a"], "../../a"],
  [["../a/../.."], "../.."],
  [["/../a"], "/a"],
  [["..."], "..."],
]);

table(dirname, [
  [["/a/b/c.txt"], "/a/b"],
  [["/a/b/"], "/a"],
  [["a//b"], "a"],
  [["/a"], "/"],
  [["//a"], "/"],
  [["/"], "/"],
  [["a"], "."],
  [["a/"], "."],
  [[""], "."],
  [[new URL("file:///a/b")], "/a"],
]);

table(basename, [
  [["/a/b/c.txt"], "c.txt"],
  [["/a/b/c.txt", ".txt"], "c"],
  [["/a/b/"], "b"],
  [["/a/b//", "b"], "b"],
  [["c.txt", "c.txt"], "c.txt"],
  [["c.txt", ".png"], "c.txt"],
  [["/"], "/"],
  [["//"], "/"],
  [[""], ""],
]);

table(extname, [
  [["/a/b.tar.gz"], ".gz"],
  [["a.b/c"], ""],
  [["a.png/"], ".png"],
  [[".bashrc"], ""],
  [[".bashrc.old"], ".old"],
  [[".."], ""],
  [["..."], "."],
  [["a."], "."],
  [[""], ""],
]);

table(isAbsolute, [
  [["/a"], true],
  [["a"], false],
  [[""], false],
]);

table(resolve, [
  [["/a", "b", "../c"], "/a/c"],
  [["/a", "/b"], "/b"],
  [["/a", "", "b/"], "/a/b"],
  [["/.."], "/"],
  [["/"], "/"],
  [[], cwd],
  [["a"], `${cwd}/a`],
  [["a", "/b", "c"], "/b/c"],
]);

table(relative, [
  [["/a/b", "/a/b/c"], "c"],
  [["/a/b/c", "/a/d"], "../../d"],
  [["/a", "/a"], ""],
  [["/", "/a"], "a"],
  [["/a", "/"], ".."],
  [["/ab", "/abc"], "../abc"],
  [["a", "a/b"], "b"],
]);

table(fromFileUrl, [
  [["file:///a/b"], "/a/b"],
  [["file:///a%20b%25%C3%A9"], "/a b%é"],
  [["file:///100%"], "/100%"],
  [["file:///a?b#c"], "/a"],
  [[new URL("file:///a%23b")], "/a#b"],
]);

const urls: [path: string, href: string][] = [
  ["/a/b", "file:///a/b"],
  ["//a", "file:///a"],
  ["/a b\t\n", "file:///a%20b%09%0A"],
  ["/50%#?\\é", "file:///50%25%23%3F%5C%C3%A9"],
];
for (const [path, href] of urls) {
  Deno.test({
    name: `toFileUrl(${JSON.stringify(path)}) is undone by fromFileUrl`,
    ignore,
    fn() {
      const url = toFileUrl(path);
      assertInstanceOf(url, URL);
      assertEquals(url.href, href);
      assertEquals(fromFileUrl(url), path.replace(/^\/+/, "/"));
    },
  });
}

Deno.test({
  name: "toFileUrl refuses a relative path",
  ignore,
  fn() {
    assertThrows(() => toFileUrl("a/b"), TypeError, `Path must be absolute: received "a/b"`);
  },
});

Deno.test("fromFileUrl refuses another protocol, and what is no URL", () => {
  assertThrows(
    () => fromFileUrl("https://a.example/b"),
    TypeError,
    `URL must be a file URL: received "https:"`,
  );
  assertThrows(() => fromFileUrl("/a/b"), TypeError, "Invalid URL");
});

Deno.test("a path that is no string is refused", () => {
  const path = 1 as unknown as string;
  for (const call of [join, normalize, dirname, basename, extname, isAbsolute, resolve]) {
    const error = assertThrows(() => call(path), TypeError);
    assertStringIncludes(error.message, `Path must be a string, received "1"`);
  }
});

Deno.test("SEPARATOR is what join puts between two parts", () => {
  assertEquals(join("a", "b"), `a${SEPARATOR}b`);
});
