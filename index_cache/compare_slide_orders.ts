import type { SlideOrder } from "../dicom/slide/slide_order.ts";

/** Compares where two images of slides are shown, for `sort`; what is none goes before all. */
export function compareSlideOrders(a: SlideOrder | null, b: SlideOrder | null): number {
  const [kindA, pixelsA] = a ?? [0, 0];
  const [kindB, pixelsB] = b ?? [0, 0];
  return kindA - kindB || pixelsA - pixelsB;
}
