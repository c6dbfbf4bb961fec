import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type AttributeValues, readFrameGeometry } from "@dicom/series-preview/dicom";

const AXIAL = [1, 0, 0, 0, 1, 0] as const;
const CORONAL = [1, 0, 0, 0, 0, -1] as const;

const group = (sequence: string, tag: string, numbers: readonly unknown[]) => ({
  [sequence]: { vr: "SQ", Value: [{ [tag]: { vr: "DS", Value: numbers } }] },
});
const position = (...numbers: unknown[]) => group("00209113", "00200032", numbers);
const orientation = (numbers: readonly number[]) => group("00209116", "00200037", numbers);

function groups(shared: unknown, ...perFrame: unknown[]): AttributeValues {
  return {
    SharedFunctionalGroupsSequence: JSON.stringify([shared]),
    PerFrameFunctionalGroupsSequence: JSON.stringify(perFrame),
  };
}

Deno.test("Frames lie where their functional groups say", () => {
  const values = groups(
    orientation(AXIAL),
    position(1, 2, 3),
    { ...position(1, 2, 8), ...orientation(CORONAL) },
  );
  assertEquals(readFrameGeometry(values, 2), [
    { position: [1, 2, 3], orientation: AXIAL },
    { position: [1, 2, 8], orientation: CORONAL },
  ]);
});

Deno.test("A shared position is every frame's that has none", () => {
  const values = groups({ ...position(0, 0, 0), ...orientation(AXIAL) }, {}, position(0, 0, 5));
  assertEquals(readFrameGeometry(values, 3)?.map((each) => each.position), [
    [0, 0, 0],
    [0, 0, 5],
    [0, 0, 0],
  ]);
});

Deno.test("A position that is not of three numbers is none", () => {
  const values = groups(
    {},
    position(1, 2),
    position(1, null, 3),
    position(1, 2, 3, 4),
    position(1, 2, 3),
  );
  assertEquals(readFrameGeometry(values, 4)?.map((each) => each.position), [
    null,
    null,
    null,
    [1, 2, 3],
  ]);
  assertEquals(readFrameGeometry(values, 4)?.[0]?.orientation, null);
});

Deno.test("Frames without any position have no geometry", () => {
  assertEquals(readFrameGeometry(groups(orientation(AXIAL), {}, {}), 2), null);
  assertEquals(readFrameGeometry({}, 2), null);
});

const DOSE: AttributeValues = {
  ImagePositionPatient: [10, 20, -30],
  ImageOrientationPatient: [...AXIAL],
};

Deno.test("Frames of a dose grid lie at their offsets along the normal", () => {
  const values = { ...DOSE, GridFrameOffsetVector: [0, 2.5, 5] };
  assertEquals(readFrameGeometry(values, 3), [
    { position: [10, 20, -30], orientation: AXIAL },
    { position: [10, 20, -27.5], orientation: AXIAL },
    { position: [10, 20, -25], orientation: AXIAL },
  ]);
});

Deno.test("Offsets that are positions themselves start at the image's", () => {
  // PS3.3 C.8.8.3.2: the first one is then the z of the image position.
  const values = { ...DOSE, GridFrameOffsetVector: [-30, -33, -36] };
  assertEquals(readFrameGeometry(values, 3)?.map((each) => each.position?.[2]), [-30, -33, -36]);
  const flipped = { ...values, ImageOrientationPatient: [1, 0, 0, 0, -1, 0] };
  assertEquals(readFrameGeometry(flipped, 3)?.map((each) => each.position?.[2]), [-30, -33, -36]);
});

Deno.test("Offsets of an oblique grid follow its normal", () => {
  const angle = Math.PI / 6;
  const values = {
    ImagePositionPatient: [0, 0, 0],
    ImageOrientationPatient: [1, 0, 0, 0, Math.cos(angle), Math.sin(angle)],
    GridFrameOffsetVector: [0, 10],
  };
  const [x, y, z] = readFrameGeometry(values, 2)![1]!.position!;
  assertEquals(x, 0);
  assertAlmostEquals(y, -5, 1e-12);
  assertAlmostEquals(z, 10 * Math.cos(angle), 1e-12);
});

Deno.test("Too few offsets, or no place to start from, give no geometry", () => {
  const offsets = { GridFrameOffsetVector: [0, 2] };
  assertEquals(readFrameGeometry({ ...DOSE, ...offsets }, 3), null);
  assertEquals(readFrameGeometry({ ...offsets, ImagePositionPatient: [1, 2, 3] }, 2), null);
  assertEquals(readFrameGeometry({ ...offsets, ImageOrientationPatient: [...AXIAL] }, 2), null);
  assertEquals(readFrameGeometry({ ...DOSE, GridFrameOffsetVector: ["x", 1] }, 2), null);
});
