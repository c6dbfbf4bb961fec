import {
  type NetworkError,
  type NetworkErrorOptions,
  SeriesPreviewError,
  UnsupportedTransferSyntaxError,
} from "../../errors.ts";

/**
 * The error with the frame's number before its message: of the same class, and caused by it.
 *
 * @param address The instance's address, for errors of codecs, which do not know whose bytes they have.
 */
export function nameFrame(error: Error, frame: number, address: string): Error {
  // A transfer syntax is the whole instance's, and its errors are made otherwise than all others.
  if (!(error instanceof SeriesPreviewError)) return error;
  if (error instanceof UnsupportedTransferSyntaxError) return error;
  const Named = error.constructor as new (
    message: string,
    options: NetworkErrorOptions,
  ) => SeriesPreviewError;
  const { attempts, status, range } = error as Partial<NetworkError>;
  return new Named(`frame ${frame}: ${error.message}`, {
    address: error.address ?? address,
    failed: error.failed,
    cause: error,
    ...(attempts === undefined ? {} : { attempts }),
    status: status ?? undefined,
    range: range ?? undefined,
  });
}
