import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { decodeKey, encodeKey, relativeKey } from "../../retriever/key_path.ts";

Deno.test("encodeKey escapes all but the unreserved characters, and decodeKey undoes it", () => {
  assertEquals(encodeKey("a b+c/d~e"), "a%20b%2Bc/d~e");
  assertEquals(encodeKey("!'()*"), "%21%27%28%29%2A");
  assertEquals(encodeKey("größe"), "gr%C3%B6%C3%9Fe");
  const ascii = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code)).join("");
  for (const key of [`a${ascii}`, "\u{1f600}", "a//b/", ""]) {
    assertEquals(decodeKey(encodeKey(key)), key);
    assertEquals(new URL(`http://host/${encodeKey(key)}`).pathname, `/${encodeKey(key)}`);
  }
});

Deno.test("encodeKey writes a lone surrogate as the replacement character", () => {
  assertEquals(encodeKey("a\ud800"), "a%EF%BF%BD");
});

Deno.test("encodeKey refuses segments that a URL would take for a way up", () => {
  for (const key of ["..", ".", "a/../b", "a/."]) {
    assertThrows(() => encodeKey(key), UsageError, "segment");
  }
  assertEquals(encodeKey("a..b/...c"), "a..b/...c");
});

Deno.test("decodeKey leaves what is no UTF-8 as it is", () => {
  for (const path of ["a%F6", "%", "100%zz"]) assertEquals(decodeKey(path), path);
});

Deno.test("relativeKey compares what paths say, not how they are escaped", () => {
  const folder = new URL("http://host/a%28b%29/c/");
  assertEquals(relativeKey(folder, "http://host/a(b)/c/%31.dcm"), "1.dcm");
  assertEquals(relativeKey(folder, "http://host/a(b)/c/"), null);
  assertEquals(relativeKey(folder, "http://host/a(b)/c"), null);
  assertEquals(relativeKey(folder, "http://host/a(b)/cc/1.dcm"), null);
  assertEquals(relativeKey(folder, "http://host/a(b)/c/../1.dcm"), null);
});
