import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { contrastPresets, parseContrast } from "../../contrast/mod.ts";
import { UsageError } from "../../errors.ts";

const presets = [
  [["ct-lung", "lung"], 1500, -500],
  [["ct-bone", "bone"], 2000, 300],
  [["ct-abdomen", "abdomen"], 350, 50],
  [["ct-brain", "brain"], 80, 40],
  [["ct-mediastinum", "mediastinum", "media"], 350, 50],
  [["ct-vascular", "vascular"], 700, 200],
  [["ct-liver", "liver"], 150, 30],
  [["ct-soft-tissue", "soft-tissue", "soft"], 400, 50],
  [["mr-t1", "t1"], 700, 300],
  [["mr-t2", "t2"], 475, 155],
  [["mr-proton", "proton"], 920, 420],
] as const;

Deno.test("every preset is known by all its names, whatever their case", () => {
  for (const [names, width, center] of presets) {
    for (const name of names) {
      for (const text of [name, name.toUpperCase(), ` ${name} `]) {
        assertEquals(parseContrast(text), { kind: "window", center, width, name: names[0] });
      }
    }
  }
  assertEquals(contrastPresets.length, presets.length);
});

Deno.test("an underscore or a space stands for a hyphen in a preset's name", () => {
  const expected = parseContrast("ct-soft-tissue");
  for (const text of ["soft_tissue", "CT_Soft_Tissue", "soft tissue"]) {
    assertEquals(parseContrast(text), expected);
  }
});

Deno.test("auto and embedded are contrasts of their own", () => {
  assertEquals(parseContrast("Auto"), { kind: "auto" });
  assertEquals(parseContrast("EMBEDDED"), { kind: "embedded", window: 0 });
});

Deno.test("width and level are told apart by a slash or a comma", () => {
  for (
    const [text, width, center] of [
      ["1500/-500", 1500, -500],
      ["1500,-500", 1500, -500],
      [" 80 / 40 ", 80, 40],
      ["0.5, .25", 0.5, 0.25],
      ["+400/+50", 400, 50],
      ["1e3/5e-1", 1000, 0.5],
      ["1500/−500", 1500, -500],
    ] as const
  ) {
    assertEquals(
      parseContrast(text),
      { kind: "window", center, width, name: `${width}/${center}` },
      text,
    );
  }
});

Deno.test("any width above 0 and any level survive being written and read", () => {
  const finite = { noNaN: true, noDefaultInfinity: true };
  fc.assert(
    fc.property(
      fc.double({ ...finite, min: Number.MIN_VALUE }),
      fc.double(finite),
      (width, level) => {
        // A zero is written without its sign.
        const center = level === 0 ? 0 : level;
        const contrast = parseContrast(`${width}/${level}`);
        assertEquals(contrast, { kind: "window", center, width, name: `${width}/${center}` });
      },
    ),
    { seed: 1 },
  );
});

Deno.test("a width that is not above 0, or no number, is a usage error", () => {
  for (const text of ["0/40", "-80/40", "1e999/0", "80/1e999"]) {
    const error = assertThrows(() => parseContrast(text), UsageError);
    assertStringIncludes(error.message, `"${text}"`);
    assertStringIncludes(error.message, "width above 0");
  }
});

Deno.test("an unknown name is a usage error that lists the choices", () => {
  for (const text of ["", "80", "80/", "/40", "80/40/20", "a/b", "constructor", "NaN/1"]) {
    const error = assertThrows(() => parseContrast(text), UsageError);
    assertStringIncludes(error.message, `"${text}"`);
    assertMatch(error.message, /lung.*proton, auto, embedded, or W\/L/);
  }
});

Deno.test("an unknown name that is a slip of a known one gets that suggested", () => {
  for (
    const [text, suggestion] of [
      ["lugn", "lung"],
      ["Mediastinun", "mediastinum"],
      ["ct-lungs", "ct-lung"],
      ["embeded", "embedded"],
    ] as const
  ) {
    const error = assertThrows(() => parseContrast(text), UsageError);
    assertStringIncludes(error.message, `did you mean "${suggestion}"?`);
  }
  const error = assertThrows(() => parseContrast("xyzzyxyzzy"), UsageError);
  assertEquals(error.message.includes("did you mean"), false);
});
