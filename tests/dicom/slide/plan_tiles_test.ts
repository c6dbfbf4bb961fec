import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type AttributeValues, planTiles } from "@dicom/series-preview/dicom";
import { DecodeError } from "../../../errors.ts";

const SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
const SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
const LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7";

/** A matrix of 250 × 130 in tiles of 100 × 100: three across, two down. */
function full(more: AttributeValues = {}): AttributeValues {
  return {
    SOPClassUID: SLIDE,
    ImageType: ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"],
    DimensionOrganizationType: "TILED_FULL",
    TotalPixelMatrixColumns: 250,
    TotalPixelMatrixRows: 130,
    NumberOfFrames: 6,
    Columns: 100,
    Rows: 100,
    ...more,
  };
}

interface Place {
  readonly at: readonly [column: number, row: number];
  readonly path?: string;
  readonly segment?: number;
}

function sparse(places: readonly Place[], more: AttributeValues = {}): AttributeValues {
  const item = (sequence: string, attributes: Record<string, unknown>) => ({
    [sequence]: {
      vr: "SQ",
      Value: [
        Object.fromEntries(
          Object.entries(attributes).map(([tag, value]) => [tag, { vr: "", Value: [value] }]),
        ),
      ],
    },
  });
  const groups = places.map(({ at, path, segment }) => ({
    ...item("0048021A", { "0048021E": at[0], "0048021F": at[1] }),
    ...(path === undefined ? {} : item("00480207", { "00480106": path })),
    ...(segment === undefined ? {} : item("0062000A", { "0062000B": segment })),
  }));
  return full({
    DimensionOrganizationType: "TILED_SPARSE",
    NumberOfFrames: places.length,
    PerFrameFunctionalGroupsSequence: JSON.stringify(groups),
    ...more,
  });
}

/** Column, row and frames of each tile. */
function planned(values: AttributeValues): unknown {
  return planTiles(values)?.tiles.map(({ column, row, frames }) => [column, row, ...frames]);
}

const IN_ORDER = [[0, 0, 0], [100, 0, 1], [200, 0, 2], [0, 100, 3], [100, 100, 4], [200, 100, 5]];

Deno.test("a full matrix is tiled along its rows, the last tiles hanging over its edges", () => {
  assertEquals(planTiles(full())?.matrix, { columns: 250, rows: 130 });
  assertEquals(planned(full()), IN_ORDER);
});

Deno.test("of focal planes and optical paths of a full matrix the first is planned", () => {
  const values = full({ NumberOfFrames: 24, TotalPixelMatrixFocalPlanes: 2 });
  assertEquals(planned(values), IN_ORDER);
});

Deno.test("all segments of a full matrix are planned, of their first focal plane", () => {
  const segmentation = { SOPClassUID: SEGMENTATION, ImageType: ["DERIVED", "PRIMARY"] };
  assertEquals(
    planned(full({ ...segmentation, NumberOfFrames: 18 })),
    IN_ORDER.map(([column, row, frame]) => [column, row, frame, frame! + 6, frame! + 12]),
  );
  const planes = { NumberOfFrames: 24, TotalPixelMatrixFocalPlanes: 2 };
  assertEquals(
    planned(full({ ...segmentation, ...planes })),
    IN_ORDER.map(([column, row, frame]) => [column, row, frame, frame! + 12]),
  );
  assertEquals(planned(full({ ...segmentation, ...planes, SOPClassUID: LABEL_MAP })), IN_ORDER);
});

Deno.test("a part of a concatenation goes on where the one before it ends", () => {
  const part = { ConcatenationUID: "1.2.3", ConcatenationFrameOffsetNumber: 4, NumberOfFrames: 2 };
  assertEquals(planned(full(part)), [[100, 100, 0], [200, 100, 1]]);
  assertEquals(planned(full({ ...part, NumberOfFrames: 5 })), [[100, 100, 0], [200, 100, 1]]);
  const later = { ...part, ConcatenationFrameOffsetNumber: 6, NumberOfFrames: 1 };
  assertEquals(planned(full(later)), [[0, 0, 0]]);
});

Deno.test("a sparse matrix has tiles where their frames say, counted from 1", () => {
  const values = sparse([{ at: [101, 51] }, { at: [1, 1] }, { at: [-9, 51] }]);
  assertEquals(planned(values), [[0, 0, 1], [-10, 50, 2], [100, 50, 0]]);
});

Deno.test("tiles that lie beside the matrix are left out, those that touch it are not", () => {
  const outside = [[251, 1], [1, 131], [-99, 1], [1, -99]] as const;
  const touching = [[250, 1], [1, 130], [-98, 1], [1, -98]] as const;
  const values = sparse([...outside, ...touching].map((at) => ({ at })));
  assertEquals(planned(values), [[0, -99, 7], [-99, 0, 6], [249, 0, 4], [0, 129, 5]]);
});

Deno.test("at a place of a sparse matrix the frame stored first is planned", () => {
  const values = sparse([{ at: [1, 1] }, { at: [101, 1] }, { at: [1, 1] }, { at: [101, 1] }]);
  assertEquals(planned(values), [[0, 0, 0], [100, 0, 1]]);
});

Deno.test("of the optical paths of a sparse matrix the first frame's is planned", () => {
  const values = sparse([
    { at: [1, 1], path: "red" },
    { at: [1, 1], path: "blue" },
    { at: [101, 1], path: "blue" },
    { at: [101, 1], path: "red" },
  ]);
  assertEquals(planned(values), [[0, 0, 0], [100, 0, 3]]);
});

Deno.test("segments that lie at one place of a sparse matrix are planned together", () => {
  const values = sparse([
    { at: [1, 1], segment: 1 },
    { at: [101, 1], segment: 2 },
    { at: [1, 1], segment: 2 },
    { at: [1, 1], segment: 1 },
  ], { SOPClassUID: SEGMENTATION });
  assertEquals(planned(values), [[0, 0, 0, 2], [100, 0, 1]]);
});

Deno.test("positions tell of a tiled image that does not say how it is tiled", () => {
  const values = sparse([{ at: [101, 1] }], {
    SOPClassUID: SEGMENTATION,
    DimensionOrganizationType: null,
  });
  assertEquals(planned(values), [[100, 0, 0]]);
});

Deno.test("a label, an overview and a thumbnail are their one frame, whatever their matrix", () => {
  for (const flavor of ["LABEL", "OVERVIEW", "THUMBNAIL"]) {
    const values = full({ ImageType: ["ORIGINAL", "PRIMARY", flavor, "NONE"], NumberOfFrames: 1 });
    assertEquals(planTiles(values), {
      matrix: { columns: 100, rows: 100 },
      tiles: [{ column: 0, row: 0, frames: [0] }],
    });
  }
});

Deno.test("what has no matrix, or does not say that it is tiled, has no tiles", () => {
  for (
    const more of [
      { TotalPixelMatrixColumns: null },
      { TotalPixelMatrixRows: 0 },
      { SOPClassUID: SEGMENTATION, DimensionOrganizationType: null },
      { SOPClassUID: SEGMENTATION, DimensionOrganizationType: "3D" },
    ]
  ) assertEquals(planTiles(full(more)), null);
  assertEquals(planTiles({}), null);
});

Deno.test("frames too few for their matrix, and those without a place, are named", () => {
  const few = assertThrows(() => planTiles(full({ NumberOfFrames: 5 })), DecodeError);
  assertStringIncludes(few.message, "250 × 130 takes 6 tiles of 100 × 100, the instance has 5");
  const huge = { TotalPixelMatrixColumns: 2 ** 32 - 1, TotalPixelMatrixRows: 2 ** 32 - 1 };
  assertThrows(() => planTiles(full({ ...huge, Columns: 1, Rows: 1 })), DecodeError);
  const places = sparse([{ at: [1, 1] }, { at: [1, 1] }], { NumberOfFrames: 3 });
  const placeless = assertThrows(() => planTiles(places), DecodeError);
  assertStringIncludes(placeless.message, "where frame 2 lies");
});
