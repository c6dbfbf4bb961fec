/** Where the pixels of the demo series lie: millimetres, LPS (PS3.3 C.7.6.2). */
export const DEMO_GRID = {
  rows: 512,
  columns: 512,
  slices: 120,
  /** Distance between the centers of neighboring pixels, both ways. */
  pixelSpacing: 0.75,
  /** Distance between slices, and their thickness. */
  sliceSpacing: 1.5,
  /** x and y of the center of the first pixel: the grid is centered on the axis of the scanner. */
  origin: -191.625,
  /** z of the lowest slice. */
  bottom: -90,
} as const;
