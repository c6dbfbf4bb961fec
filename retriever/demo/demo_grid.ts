/** Where the pixels of the demo series lie: millimetres, LPS (PS3.3 C.7.6.2). */
export const DEMO_GRID = {
  rows: 512,
  columns: 512,
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
} as const;
