import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { imageFormat } from "../../mosaic/mod.ts";

Deno.test("the suffix tells the format, whatever its case", () => {
  assertEquals(imageFormat("a.webp"), "webp");
  assertEquals(imageFormat("a.jpg"), "jpeg");
  assertEquals(imageFormat("/x.y/a.b.JPEG"), "jpeg");
  assertEquals(imageFormat("C:\\x\\a.Png"), "png");
});

Deno.test("another suffix, or none, is a usage error that lists the choices", () => {
  for (
    const [path, problem] of [
      ["a.gif", '".gif"'],
      ["a", "no suffix"],
      ["x.png/a", "no suffix"],
      ["a.", '"."'],
      ["", "no suffix"],
    ] as const
  ) {
    const { message } = assertThrows(() => imageFormat(path), UsageError);
    assertStringIncludes(message, problem);
    assertStringIncludes(message, ".webp, .jpg, .jpeg, .png");
  }
});
