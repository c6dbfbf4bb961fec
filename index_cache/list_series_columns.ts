import type { Cell } from "./cells.ts";
import type { ColumnType } from "./column_type.ts";
import type { ColumnSource } from "./encode_column.ts";
import type { PlacedInstance } from "./placed_instance.ts";
import { SERIES_COLUMNS } from "./series_columns.ts";

type Column = readonly [
  name: keyof typeof SERIES_COLUMNS,
  type: ColumnType,
  cell: (placed: PlacedInstance, row: number) => Cell,
  list?: "list",
];

/** The columns of an index beside the header's, for instances in display order. */
export function listSeriesColumns(
  placed: readonly PlacedInstance[],
  seriesUID: string,
): ColumnSource[] {
  const last = Math.max(1, placed.length - 1);
  const columns: readonly Column[] = [
    ["index", "uint32", (_, row) => row],
    ["indexNormalized", "float64", (_, row) => row / last],
    ["dataUrl", "utf8", ({ record }) => record.url],
    ["primaryAxis", "utf8", ({ axis }) => axis],
    ["primaryPosition", "float64", ({ position }) => position],
    ["stack", "uint32", ({ stack }) => stack],
    ["frameCount", "uint32", ({ record }) => record.frameCount],
    ["frameStack", "uint32", ({ frameStacks }) => frameStacks, "list"],
    ["frameAxis", "utf8", ({ record }) => record.frames.axes, "list"],
    ["frameOrder", "uint32", ({ record }) => record.frames.order, "list"],
    ["framePosition", "float64", ({ record }) => record.frames.positions, "list"],
    ["frameOffset", "int64", ({ record }) => record.frameOffsets, "list"],
    ["frameLength", "int64", ({ record }) => record.frameLengths, "list"],
    ["fileSize", "int64", ({ record }) => record.fileSize],
    ["pixelOffset", "int64", ({ record }) => record.pixelOffset],
    ["pixelLength", "int64", ({ record }) => record.pixelLength],
    ["pixelVR", "utf8", ({ record }) => record.pixelVR ?? null],
    ["etag", "utf8", ({ record }) => record.etag],
    ["empty", "utf8", ({ record }) => record.empty, "list"],
    ["seriesUID", "utf8", () => seriesUID],
  ];
  return columns.map(([name, type, cell, list]) => ({
    name: SERIES_COLUMNS[name],
    type,
    list: list !== undefined,
    cells: placed.map(cell),
  }));
}
