import { type SortableSlice, sortSlices } from "@dicom/series-preview/index-cache";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { AXIAL, CORONAL, makeSlice, SAGITTAL } from "./support.ts";

function order(slices: readonly SortableSlice[]): number[] {
  return [...sortSlices(slices).order];
}

Deno.test("axial slices go from superior to inferior", () => {
  const slices = [0, 20, 10].map((z) => makeSlice({ orientation: AXIAL, position: [5, 5, z] }));
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [1, 2, 0]);
  assertEquals(sorted.axes, ["Z", "Z", "Z"]);
  assertEquals(sorted.positions, [0, 20, 10]);
});

Deno.test("coronal slices go from anterior to posterior", () => {
  const slices = [0, 20, 10].map((y) => makeSlice({ orientation: CORONAL, position: [5, y, 5] }));
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [0, 2, 1]);
  assertEquals(sorted.axes, ["Y", "Y", "Y"]);
  assertEquals(sorted.positions, [0, 20, 10]);
});

Deno.test("sagittal slices go from right to left, though their normal points right", () => {
  const slices = [0, 20, 10].map((x) => makeSlice({ orientation: SAGITTAL, position: [x, 5, 5] }));
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [0, 2, 1]);
  assertEquals(sorted.axes, ["X", "X", "X"]);
  assertEquals(sorted.positions, [0, 20, 10]);
});

Deno.test("the position of an oblique slice is measured along its normal", () => {
  const tilt = Math.PI / 6;
  const orientation = [1, 0, 0, 0, Math.cos(tilt), Math.sin(tilt)] as const;
  const normal = [0, -Math.sin(tilt), Math.cos(tilt)] as const;
  // Shifted within the plane so that z alone would sort them the other way round.
  const shift = [0, Math.cos(tilt), Math.sin(tilt)] as const;
  const slices = [0, 1, 2].map((i) =>
    makeSlice({
      orientation,
      position: [0, 1, 2].map((axis) => normal[axis]! * i - shift[axis]! * i * 10) as unknown as [
        number,
        number,
        number,
      ],
    })
  );
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [2, 1, 0]);
  sorted.positions.forEach((position, i) => assertAlmostEquals(position!, i, 1e-9));
});

Deno.test("neighbors within 0.01 mm are one position, along a chain of them", () => {
  const place = (z: number, instanceNumber: number) =>
    makeSlice({ orientation: AXIAL, position: [0, 0, z], instanceNumber });
  assertEquals(order([place(0.009, 1), place(0, 2)]), [0, 1]);
  assertEquals(order([place(0, 1), place(0.009, 2)]), [0, 1]);
  assertEquals(order([place(0, 1), place(0.02, 2)]), [1, 0]);
  assertEquals(order([place(0, 1), place(0.009, 2), place(0.018, 3)]), [0, 1, 2]);
});

Deno.test("slices of one position go by time, acquisition, echo, instance number, then UID", () => {
  const base = makeSlice({
    orientation: AXIAL,
    position: [0, 0, 0],
    temporalPositionIdentifier: 1,
    acquisitionNumber: 1,
    echoNumbers: 1,
    instanceNumber: 1,
    sopInstanceUID: "1.1",
  });
  const slices = [
    { ...base, temporalPositionIdentifier: 2, acquisitionNumber: 0 },
    { ...base, acquisitionNumber: 2, echoNumbers: 0 },
    { ...base, echoNumbers: 2, instanceNumber: 0 },
    { ...base, instanceNumber: 2, sopInstanceUID: "1.0" },
    { ...base, sopInstanceUID: "1.2" },
    base,
  ];
  assertEquals(order(slices), [5, 4, 3, 2, 1, 0]);
});

Deno.test("an absent or multi-valued number counts 0, an absent instance number comes last", () => {
  const base = makeSlice({ orientation: AXIAL, position: [0, 0, 0], instanceNumber: 1 });
  assertEquals(order([{ ...base, echoNumbers: 1 }, base]), [1, 0]);
  assertEquals(order([{ ...base, echoNumbers: 1 }, { ...base, echoNumbers: [7, 8] }]), [1, 0]);
  assertEquals(order([{ ...base, echoNumbers: -1 }, base]), [0, 1]);
  assertEquals(order([base, { ...base, instanceNumber: [7, 8] }]), [1, 0]);
  assertEquals(order([{ ...base, instanceNumber: null }, { ...base, instanceNumber: 999 }]), [
    1,
    0,
  ]);
});

Deno.test("orientations within 0.002 of the group's first are one group", () => {
  const tilted = (by: number) => [1, 0, by, 0, 1, 0] as const;
  const slices = [
    makeSlice({ orientation: tilted(0), position: [0, 0, 0], instanceNumber: 1 }),
    makeSlice({ orientation: tilted(0.0019), position: [0, 0, 5], instanceNumber: 2 }),
    // Near to the second, but not to the first, by which the group goes.
    makeSlice({ orientation: tilted(0.0038), position: [0, 0, 9], instanceNumber: 3 }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [1, 0, 2]);
  assertEquals([...sorted.stackOf], [0, 0, 1]);
});

Deno.test("an orientation is of the first group whose first slice it agrees with", () => {
  const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
  const jitter = fc.double({ min: -0.003, max: 0.003, noNaN: true });
  const jitters = fc.array(fc.array(jitter, { minLength: 6, maxLength: 6 }), { maxLength: 40 });
  fc.assert(
    fc.property(angle, angle, jitters, (a, b, jitters) => {
      const column = [-Math.sin(a) * Math.cos(b), Math.cos(a) * Math.cos(b), Math.sin(b)];
      const base = [Math.cos(a), Math.sin(a), 0, ...column];
      type Orientation = NonNullable<SortableSlice["orientation"]>;
      const orientations = jitters.map((by) =>
        base.map((at, i) => at + by[i]!) as unknown as Orientation
      );
      const slices = orientations.map((orientation, instanceNumber) =>
        makeSlice({ orientation, position: [0, 0, 0], instanceNumber })
      );
      const { stackOf, stacks } = sortSlices(slices);
      const firsts: Orientation[] = [];
      orientations.forEach((orientation, i) => {
        const expected = firsts.findIndex((first) =>
          first.every((at, k) => Math.abs(at - orientation[k]!) <= 0.002)
        );
        if (expected < 0) firsts.push(orientation);
        const group = expected < 0 ? firsts.length - 1 : expected;
        assertEquals(stacks[stackOf[i]!]!.group, group);
      });
    }),
    { seed: 3, numRuns: 300 },
  );
});

Deno.test("a group is measured along the normal of its first slice", () => {
  const slices = [
    makeSlice({ orientation: AXIAL, position: [0, 0, 0], instanceNumber: 1 }),
    // Along its own normal it would be at -0.9, below the first.
    makeSlice({ orientation: [1, 0, 0.001, 0, 1, 0], position: [1000, 0, 0.1], instanceNumber: 2 }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [1, 0]);
  assertAlmostEquals(sorted.positions[1]!, 0.1, 1e-9);
});

Deno.test("groups follow in the order of their lowest tie-break key", () => {
  const slices = [
    makeSlice({ orientation: AXIAL, position: [0, 0, 0], instanceNumber: 2 }),
    makeSlice({ orientation: AXIAL, position: [0, 0, 9], instanceNumber: 3 }),
    makeSlice({ orientation: CORONAL, position: [0, 0, 0], instanceNumber: 4 }),
    makeSlice({ orientation: CORONAL, position: [0, 9, 0], instanceNumber: 1 }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [2, 3, 1, 0]);
  assertEquals([...sorted.stackOf], [1, 1, 0, 0]);
});

Deno.test("slices without geometry come last, by the tie-break key alone", () => {
  const slices = [
    makeSlice({ instanceNumber: 9, sliceLocation: 1 }),
    makeSlice({ position: [0, 0, 99], instanceNumber: 8 }),
    makeSlice({ orientation: AXIAL, instanceNumber: 7 }),
    makeSlice({ orientation: AXIAL, position: [0, 0, 0], instanceNumber: 10 }),
    makeSlice({ orientation: [1, 0, 0, 2, 0, 0], position: [0, 0, 1], instanceNumber: 6 }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [3, 4, 2, 1, 0]);
  assertEquals(sorted.axes, ["I", "I", "I", "Z", "I"]);
  assertEquals(sorted.positions, [9, 8, 7, 0, 6]);
});

Deno.test("without orientations, positions count along the axis they span most", () => {
  const slices = [0, 20, 10].map((y, i) => makeSlice({ position: [i, y, 2 * i] }));
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [0, 2, 1]);
  assertEquals(sorted.axes, ["Y", "Y", "Y"]);
  assertEquals(sorted.positions, [0, 20, 10]);
});

Deno.test("without positions, slice locations rise, and those without one follow", () => {
  const slices = [
    makeSlice({ instanceNumber: 1 }),
    makeSlice({ instanceNumber: 2, sliceLocation: 30 }),
    makeSlice({ instanceNumber: 3, sliceLocation: 10 }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [2, 1, 0]);
  assertEquals(sorted.axes, ["I", "I", "I"]);
  assertEquals(sorted.positions, [1, 2, 3]);
});

Deno.test("without anything else, instance numbers rise, then UIDs", () => {
  const slices = [
    makeSlice({ instanceNumber: 10, sopInstanceUID: "1" }),
    makeSlice({ instanceNumber: 9, sopInstanceUID: "3" }),
    makeSlice({ instanceNumber: 9, sopInstanceUID: "2" }),
    makeSlice({ sopInstanceUID: "0" }),
  ];
  const sorted = sortSlices(slices);
  assertEquals([...sorted.order], [2, 1, 0, 3]);
  assertEquals(sorted.positions, [10, 9, 9, null]);
});

Deno.test("no slices are sorted into none", () => {
  const sorted = sortSlices([]);
  assertEquals(sorted.order.length, 0);
  assertEquals(sorted.stacks, []);
});

Deno.test("a numeral that is not finite is no position", () => {
  const slices = [
    makeSlice({ orientation: AXIAL, position: [0, 0, NaN], instanceNumber: 1 }),
    makeSlice({ orientation: AXIAL, position: [0, 0, 1], instanceNumber: 2 }),
  ];
  assertEquals(order(slices), [1, 0]);
});

const anySlice = fc.record({
  orientation: fc.constantFrom(AXIAL, CORONAL, SAGITTAL, null),
  position: fc.oneof(
    fc.constant(null),
    fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.double({
        min: -0.1,
        max: 0.1,
        noNaN: true,
      }),
    ),
  ),
  sliceLocation: fc.option(fc.integer({ min: 0, max: 3 })),
  temporalPositionIdentifier: fc.option(fc.integer({ min: 0, max: 2 })),
  acquisitionNumber: fc.option(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant([1, 2]))),
  echoNumbers: fc.option(fc.integer({ min: 0, max: 2 })),
  instanceNumber: fc.option(fc.integer({ min: 0, max: 5 })),
  traits: fc.record({
    segmentNumber: fc.integer({ min: 1, max: 3 }),
    bValue: fc.integer({ min: 0, max: 2 }),
    imageType: fc.constantFrom("M", "P"),
    triggerTime: fc.double({ noNaN: true }),
    acquiredAt: fc.integer({ min: 0, max: 40 }),
  }, { requiredKeys: [] }),
});

Deno.test("neither order nor stacks depend on the order of the input", () => {
  fc.assert(
    fc.property(fc.array(anySlice, { maxLength: 30 }), fc.integer(), (records, seed) => {
      const slices = records.map((slice, i) => ({ ...slice, sopInstanceUID: `1.${i}` }));
      const sort = (input: readonly SortableSlice[]) => {
        const { order, stackOf, stacks } = sortSlices(input);
        const uids = [...order].map((i) => `${input[i]!.sopInstanceUID} in ${stackOf[i]}`);
        return { uids, stacks };
      };
      const shuffled = slices
        .map((slice, i) => ({ slice, key: Math.imul(seed ^ (i + 1), 0x9e3779b1) >>> 0 }))
        .sort((a, b) => a.key - b.key).map(({ slice }) => slice);
      assertEquals(sort(shuffled), sort(slices));
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("every slice is in the order once, and in a stack with no position twice", () => {
  fc.assert(
    fc.property(fc.array(anySlice, { maxLength: 30 }), (records) => {
      const slices = records.map((slice, i) => ({ ...slice, sopInstanceUID: `1.${i}` }));
      const sorted = sortSlices(slices);
      assertEquals([...sorted.order].sort((a, b) => a - b), slices.map((_, i) => i));
      const sizes = sorted.stacks.map(() => 0);
      const taken: number[][] = sorted.stacks.map(() => []);
      slices.forEach((_, i) => {
        sizes[sorted.stackOf[i]!]!++;
        if (sorted.axes[i] !== "I") taken[sorted.stackOf[i]!]!.push(sorted.positions[i]!);
      });
      for (const positions of taken) {
        positions.sort((a, b) => a - b)
          .forEach((position, i) => assert(i === 0 || position - positions[i - 1]! > 0.01));
      }
      assertEquals(sizes, sorted.stacks.map((stack) => stack.sliceCount));
    }),
    { seed: 2, numRuns: 300 },
  );
});
