import { describeStacks, type SortableSlice, sortSlices } from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import { AXIAL, CORONAL, makeSlice, SAGITTAL } from "./support.ts";

/** Axial slices at each height of each repeat, repeat after repeat. */
function repeats(
  heights: readonly (readonly number[])[],
  tell: (repeat: number) => Partial<SortableSlice>,
): SortableSlice[] {
  let instanceNumber = 0;
  return heights.flatMap((zs, repeat) =>
    zs.map((z) =>
      makeSlice({
        orientation: AXIAL,
        position: [0, 0, z],
        instanceNumber: ++instanceNumber,
        ...tell(repeat),
      })
    )
  );
}

Deno.test("unique positions are one stack, of which there is nothing to say", () => {
  const sorted = sortSlices(repeats([[0, 1, 2]], () => ({ acquisitionNumber: 7 })));
  assertEquals([...sorted.stackOf], [0, 0, 0]);
  assertEquals(describeStacks(sorted.stacks), null);
  assertEquals(describeStacks([]), null);
});

Deno.test("repeats that nothing names are split by the order of each position", () => {
  const sorted = sortSlices(repeats([[0, 1], [0, 1], [0, 1]], () => ({})));
  assertEquals([...sorted.order], [1, 3, 5, 0, 2, 4]);
  assertEquals([...sorted.stackOf], [0, 0, 1, 1, 2, 2]);
  assertEquals(
    describeStacks(sorted.stacks),
    "3 repeats of 2 slices; --stack 0…2 picks one",
  );
});

Deno.test("time points keep their slices where one is missing", () => {
  const slices = repeats([[0, 1], [1], [0, 1]], (repeat) => ({
    temporalPositionIdentifier: repeat + 1,
  }));
  const sorted = sortSlices(slices);
  assertEquals([...sorted.stackOf], [0, 0, 1, 2, 2]);
  assertEquals(
    describeStacks(sorted.stacks),
    "3 time points: 2, 1 and 2 slices; --stack 0…2 picks one",
  );
});

Deno.test("echoes and acquisitions are told by their names", () => {
  const echoes = sortSlices(repeats([[0], [0]], (repeat) => ({ echoNumbers: repeat })));
  assertEquals(describeStacks(echoes.stacks), "2 echoes of 1 slice; --stack 0…1 picks one");
  const acquisitions = sortSlices(
    repeats([[0, 1], [0, 1]], (repeat) => ({ acquisitionNumber: repeat })),
  );
  assertEquals(
    describeStacks(acquisitions.stacks),
    "2 acquisitions of 2 slices; --stack 0…1 picks one",
  );
});

Deno.test("two echoes of two time points are four stacks", () => {
  const sorted = sortSlices(repeats([[0, 1], [0, 1], [0], [0, 1]], (repeat) => ({
    temporalPositionIdentifier: repeat >> 1,
    echoNumbers: repeat & 1,
  })));
  assertEquals([...sorted.stackOf], [0, 0, 1, 1, 2, 3, 3]);
});

Deno.test("repeats that are irregular and unnamed go by the order of each position", () => {
  const sorted = sortSlices(repeats([[0, 1], [1]], () => ({})));
  assertEquals([...sorted.stackOf], [0, 0, 1]);
  assertEquals(sorted.stacks.map((stack) => stack.sliceCount), [2, 1]);
});

Deno.test("an acquisition number for every slice splits nothing by itself", () => {
  const slices = repeats([[0, 1], [0, 1]], () => ({})).map((slice, i) => ({
    ...slice,
    acquisitionNumber: i,
  }));
  assertEquals([...sortSlices(slices).stackOf], [0, 0, 1, 1]);
});

Deno.test("orientations are named by their planes", () => {
  const slices = [AXIAL, SAGITTAL, CORONAL].flatMap((orientation, i) =>
    [0, 1].map((at) =>
      makeSlice({ orientation, position: [at, at, at], instanceNumber: 2 * i + at })
    )
  );
  slices.push(makeSlice({ instanceNumber: 99 }));
  const { stacks } = sortSlices(slices);
  assertEquals(
    describeStacks(stacks),
    "4 stacks: axial 2 slices, sagittal 2 slices, coronal 2 slices " +
      "and 1 slice without geometry; --stack 0…3 picks one",
  );
});

Deno.test("many orientations are counted, not listed", () => {
  const stacks = Array.from({ length: 40 }, (_, group) => ({
    axis: "Z",
    group,
    sliceCount: 1,
    differences: [],
  } as const));
  assertEquals(
    describeStacks(stacks),
    "40 orientations of 1 slice; --stack 0…39 picks one",
  );
});

Deno.test("slices that lie by Slice Location are told from those that nothing places", () => {
  const slices = [7, null, null].map((sliceLocation) => makeSlice({ sliceLocation }));
  assertEquals(
    describeStacks(sortSlices(slices).stacks),
    "2 stacks: 1 slice by Slice Location and 2 slices without geometry; --stack 0…1 picks one",
  );
});
