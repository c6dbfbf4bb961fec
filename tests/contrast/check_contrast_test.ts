import { assertThrows } from "@std/assert";
import { checkContrast } from "../../contrast/check_contrast.ts";
import { UsageError } from "../../errors.ts";

Deno.test("a contrast that a program puts together is checked", () => {
  for (const window of [-1, 0.5, NaN, Infinity]) {
    assertThrows(() => checkContrast({ kind: "embedded", window }), UsageError, "counted from 0");
  }
  const numbers = [[0, 0], [-5, 0], [NaN, 0], [1, NaN], [Infinity, 0]] as const;
  for (const [width, center] of numbers) {
    const contrast = { kind: "window", width, center, name: "" } as const;
    assertThrows(() => checkContrast(contrast), UsageError, "width above 0");
  }
  checkContrast({ kind: "embedded", window: 7 });
  checkContrast({ kind: "auto" });
  checkContrast({ kind: "window", width: 0.1, center: -5, name: "" });
});
