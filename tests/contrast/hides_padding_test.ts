import { assertEquals } from "@std/assert";
import { hidesPadding } from "../../contrast/hides_padding.ts";
import { parseContrast } from "../../contrast/parse_contrast.ts";
import { sampleDescription } from "../dicom/sample_description.ts";

const lung = parseContrast("1500/-500");
const outside = { low: -2000, high: -2000 };
const described = (given: Parameters<typeof sampleDescription>[0]) =>
  sampleDescription({ padding: outside, ...given });

Deno.test("padding is hidden where the window draws it as black as the background", () => {
  assertEquals(hidesPadding(lung, described({})), true);
  assertEquals(hidesPadding(lung, described({ padding: { low: -2000, high: -500 } })), false);
  assertEquals(hidesPadding(lung, described({ padding: { low: 3000, high: 3000 } })), false);
  // It is real values that a window is of.
  assertEquals(hidesPadding(lung, described({ rescaleIntercept: 2000 })), false);
});

Deno.test("padding of MONOCHROME1 is hidden where the window draws it white, which is inverted", () => {
  const photometricInterpretation = "MONOCHROME1";
  assertEquals(hidesPadding(lung, described({ photometricInterpretation })), false);
  const above = described({ photometricInterpretation, padding: { low: 3000, high: 3000 } });
  assertEquals(hidesPadding(lung, above), true);
});

Deno.test("padding is not hidden by what is measured, nor by tables; where there is none, always", () => {
  const windows = [{ center: 40, width: 400 }];
  const voiTables = [{ firstValue: 0, bits: 8, entries: Uint8Array.of(0, 255) }];
  assertEquals(hidesPadding(parseContrast("auto"), described({ windows })), false);
  assertEquals(hidesPadding(parseContrast("embedded"), described({})), false);
  assertEquals(hidesPadding(parseContrast("embedded"), described({ windows })), true);
  assertEquals(hidesPadding(parseContrast("embedded"), described({ windows, voiTables })), false);
  assertEquals(hidesPadding(lung, described({ modalityTable: voiTables[0]! })), false);
  assertEquals(hidesPadding(parseContrast("auto"), described({ padding: null })), true);
});
