const ROWS = 512;
const COLUMNS = 512;

/** Where the pixels of the demo series lie: millimetres, LPS (PS3.3 C.7.6.2), and how kept. */
export const DEMO_GRID = {
  rows: ROWS,
  columns: COLUMNS,
  slices: 120,
  /** Distance between the centers of neighboring pixels, both ways. */
  pixelSpacing: 0.7,
  /** Distance between slices, and their thickness. */
  sliceSpacing: 1.5,
  /** x and y of the center of the first pixel. */
  left: -178.85,
  front: -166.95,
  /** z of the lowest slice. */
  bottom: -90,
  /** Stored values are Hounsfield units less this: that is how scanners keep them. */
  intercept: -1024,
  /** Size of the pixel data of a slice. */
  frameBytes: ROWS * COLUMNS * 2,
} as const;
