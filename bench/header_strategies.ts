import { HeaderSizes } from "../retriever/header_sizes.ts";
import { planHeaderRange } from "../retriever/plan_header_range.ts";
import type { HeaderStrategy } from "./simulate_headers.ts";

/** Steps of the fixed ladder in bytes; what follows them is the rest of the object. */
const fixedSteps = [5120, 7680, 10_240];

/** A HEAD for the size, then chunk by chunk, then the rest of the object. */
export function fixedLadder(): HeaderStrategy {
  return {
    name: "HEAD and fixed chunks",
    next: (_, __, requests) => requests === 0 ? 0 : fixedSteps[requests - 1] ?? Infinity,
    done: () => {},
    mayBegin: () => true,
  };
}

/** The object, in one request. */
export function wholeObjects(): HeaderStrategy {
  return {
    name: "whole objects",
    next: () => Infinity,
    done: () => {},
    mayBegin: () => true,
  };
}

/**
 * As the headers of a series are read here.
 *
 * @param instances How many there are.
 * @param listed Whether a listing has told the sizes of the objects, behind whose headers are as
 * many bytes in each.
 */
export function learnedLadder(instances: number, listed: boolean): HeaderStrategy {
  const learned = new HeaderSizes();
  return {
    name: listed ? "learned, sizes listed" : "learned",
    next({ size }, fetched, requests) {
      const totalSize = fetched === 0 ? null : size;
      // A reader that stops in a short element needs but little more.
      const bytesNeeded = fetched === 0 ? 0 : fetched + 1;
      const expected = learned.expect(listed ? size : null, fetched);
      const progress = { fetched, requests, bytesNeeded, totalSize, instances };
      return planHeaderRange(progress, expected).length;
    },
    done: ({ headerLength, size }) =>
      learned.add({ length: headerLength, size, ending: "native" }, listed ? size : null),
    mayBegin: (underWay) => learned.settled || underWay === 0,
  };
}
