/** The columns beside the header's, in the order they stand in the file. */
export const SERIES_COLUMNS = {
  index: "_index",
  indexNormalized: "_index_normalized",
  dataUrl: "_data_url",
  primaryAxis: "_primary_axis",
  primaryPosition: "_primary_position",
  stack: "_stack",
  frameCount: "_frame_count",
  frameStack: "_frame_stack",
  frameAxis: "_frame_axis",
  frameOrder: "_frame_order",
  framePosition: "_frame_position",
  frameOffset: "_frame_offset",
  frameLength: "_frame_length",
  fileSize: "_file_size",
  pixelOffset: "_pixel_offset",
  pixelLength: "_pixel_length",
  pixelVR: "_pixel_vr",
  etag: "_etag",
  empty: "_empty",
  seriesUID: "SeriesUID",
} as const;

/** The columns that are read whatever columns were asked for: slices cannot be counted without. */
export const SLICE_COLUMNS: readonly string[] = [
  SERIES_COLUMNS.primaryAxis,
  SERIES_COLUMNS.primaryPosition,
  SERIES_COLUMNS.stack,
  SERIES_COLUMNS.frameCount,
  SERIES_COLUMNS.frameStack,
  SERIES_COLUMNS.frameAxis,
  SERIES_COLUMNS.frameOrder,
  SERIES_COLUMNS.framePosition,
];
