import { element, type ElementSpec, writeInstance } from "../tests/support/dicom_fixtures.ts";

/** Bytes of a frame that {@linkcode makeEnhancedHeader} tells of: 64×64 of 16 bits. */
export const frameBytes = 2 * 64 * 64;

/** Makes the header of one enhanced MR object whose frames are axial slices, up to its pixels. */
export function makeEnhancedHeader(frames: number): Uint8Array<ArrayBuffer> {
  const sequence = (tag: number, ...item: ElementSpec[]) => element(tag, "SQ", [item]);
  const perFrame = Array.from({ length: frames }, (_, frame) => [
    sequence(
      0x00209111,
      element(0x00189074, "DT", `20240117101512.${String(frame).padStart(6, "0")}`),
      element(0x00209056, "SH", "1"),
      element(0x00209057, "UL", [frame + 1]),
      element(0x00209157, "UL", [1, frame + 1]),
    ),
    sequence(0x00209113, element(0x00200032, "DS", `-120.5\\-118.25\\${frame * 0.8}`)),
    sequence(0x00289145, element(0x00281052, "DS", "0"), element(0x00281053, "DS", "1")),
    sequence(
      0x00289132,
      element(0x00281050, "DS", String(400 + frame % 50)),
      element(0x00281051, "DS", String(800 + frame % 70)),
    ),
  ]);
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4.1"),
    element(0x00080018, "UI", "1.2.840.113619.2.55.3.1"),
    element(0x00080060, "CS", "MR"),
    element(0x0020000d, "UI", "1.2.840.113619.2.55.3.2"),
    element(0x0020000e, "UI", "1.2.840.113619.2.55.3.3"),
    element(0x00200013, "IS", "1"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280008, "IS", String(frames)),
    element(0x00280010, "US", [64]),
    element(0x00280011, "US", [64]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [0]),
    element(0x52009229, "SQ", [[
      sequence(0x00209116, element(0x00200037, "DS", "1\\0\\0\\0\\1\\0")),
      sequence(0x00289110, element(0x00280030, "DS", "0.5\\0.5")),
    ]]),
    element(0x52009230, "SQ", perFrame),
    element(0x7fe00010, "OW", new Uint8Array(0), { claimedLength: frames * frameBytes }),
  ]);
}
