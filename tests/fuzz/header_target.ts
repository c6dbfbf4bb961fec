import { SeriesPreviewError } from "../../errors.ts";
import { elementFacts, wholeHeader } from "../dicom/header_facts.ts";
import { mutateHeader } from "../dicom/mutate_header.ts";
import { readInstance } from "../dicom/read_instance.ts";
import { sampleInstances } from "../dicom/sample_instances.ts";
import { listKinds, readOracle, readShared } from "../support/shared_data.ts";
import type { FuzzSubject, FuzzTarget, PrepareOptions } from "./fuzz_target.ts";

/** Of real data, headers longer than this are left out: they take too long to read over and over. */
const mostRealBytes = 2 ** 14;
/** Every so many runs damage real data. */
const realInterval = 8;
/** What follows the header is hardly read: a little of it is enough. */
const keptBehindHeader = 200;

/** Damaged headers, read with all that is in them and the first frame. */
export const headerTarget: FuzzTarget = {
  count: 100_000,
  mostMilliseconds: 1000,
  mostGrowth: 256 * 2 ** 20,
  prepare: ({ realData }: PrepareOptions): Promise<FuzzSubject> => {
    const generated = [...sampleInstances().values()].map(soundHeader);
    const oracle = realData ? readOracle() : null;
    const real = (oracle === null ? [] : listKinds(oracle))
      .map(({ path }) => soundHeader(readShared(path)))
      .filter(({ headerLength }) => headerLength <= mostRealBytes);
    const headerOf = (run: number): SoundHeader => {
      const isReal = real.length > 0 && run % realInterval === 0;
      const headers = isReal ? real : generated;
      return headers[Math.floor(run / (isReal ? realInterval : 1)) % headers.length]!;
    };
    return Promise.resolve({
      async run(run, random) {
        const { object, headerLength } = headerOf(run);
        try {
          await readInstance(mutateHeader(object, headerLength, random));
          return "decoded";
        } catch (error) {
          if (error instanceof SeriesPreviewError) return "refused";
          throw error;
        }
      },
      verify(run) {
        const { object, elements } = headerOf(run);
        const same = elementFacts(wholeHeader(object)).join() === elements;
        return same ? Promise.resolve() : Promise.reject(new Error("the sound header differs"));
      },
    });
  },
};

interface SoundHeader {
  readonly object: Uint8Array;
  readonly headerLength: number;
  /** What is read of it. */
  readonly elements: string;
}

function soundHeader(whole: Uint8Array): SoundHeader {
  const { headerLength } = wholeHeader(whole);
  const object = whole.slice(0, headerLength + keptBehindHeader);
  return { object, headerLength, elements: elementFacts(wholeHeader(object)).join() };
}
