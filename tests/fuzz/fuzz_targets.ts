import { seededCodecs } from "./codec_seeds.ts";
import { codecTarget } from "./codec_target.ts";
import type { FuzzTarget } from "./fuzz_target.ts";
import { headerTarget } from "./header_target.ts";

/** All that is fed with damaged input, by name. */
export const fuzzTargets: ReadonlyMap<string, FuzzTarget> = new Map([
  ...Object.entries(seededCodecs).map(([name, codec]) => [name, codecTarget(codec)] as const),
  ["headers", headerTarget] as const,
]);
