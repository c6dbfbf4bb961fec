import type { DecodeLimits } from "../dicom/decode_limits.ts";
import { NotDicomError, SeriesPreviewError } from "../errors.ts";
import type { IndexedInstance, SkippedObject } from "../index_cache/mod.ts";
import { readHeaders, type ReadHeadersOptions } from "../retriever/read_headers.ts";
import type { Store } from "../retriever/store.ts";
import type { Failure } from "./failures.ts";
import {
  headerText,
  mediaStorageSOPClassUID,
  modality,
  seriesInstanceUID,
  sopClassUID,
} from "./header_text.ts";
import { toIndexedInstance } from "./to_indexed_instance.ts";

/** An instance, and what its header tells that decides on where it belongs. */
export interface FoundInstance {
  readonly instance: IndexedInstance;
  /** Series Instance UID; empty where it has none. */
  readonly seriesUID: string;
  readonly modality: string;
  /** SOP Class UID; empty where it has none. */
  readonly sopClass: string;
}

/** Options of {@linkcode readObjects}. */
export interface ReadObjectsOptions extends ReadHeadersOptions {
  /** Limits on images, in place of the defaults. */
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
}

/** What an object turned out to be. */
export type ReadObject =
  | { readonly found: FoundInstance }
  | { readonly skipped: SkippedObject }
  | { readonly failure: Failure };

/** Media Storage Directory Storage: a DICOMDIR, which is no instance of any series. */
const dicomDirectory = "1.2.840.10008.1.3.10";

/** Names by which a file says that it is an instance, so that one that cannot be read is a failure. */
const instanceName = /\.(dcm|dicom|ima)$/i;

/** Reads the headers of objects, and tells what each is: an instance, none, or not to be read. */
export async function* readObjects(
  store: Store,
  keys: readonly string[],
  options: ReadObjectsOptions,
): AsyncGenerator<ReadObject, void, unknown> {
  for await (const { url, value, error } of readHeaders(store, keys, options)) {
    try {
      if (error !== undefined) throw error;
      const { header } = value;
      if (headerText(header, mediaStorageSOPClassUID) === dicomDirectory) {
        yield { skipped: { url, reason: "a DICOMDIR" } };
        continue;
      }
      const instance = await toIndexedInstance(value, options.decodeLimits);
      yield {
        found: {
          instance,
          seriesUID: headerText(header, seriesInstanceUID),
          modality: headerText(header, modality),
          sopClass: headerText(header, sopClassUID),
        },
      };
    } catch (cause) {
      if (cause instanceof NotDicomError && !instanceName.test(url)) {
        yield { skipped: { url, reason: "not DICOM" } };
        continue;
      }
      // Anything else is a fault of the program, not of the instance.
      if (!(cause instanceof SeriesPreviewError)) throw cause;
      yield { failure: { url, cause } };
    }
  }
}
