import { LimitError, UnsupportedTransferSyntaxError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import type { AddressOptions } from "./address_options.ts";
import { explainRefusal } from "./explain_refusal.ts";
import type { Frame } from "./frame.ts";
import type { ImageDescription } from "./image_description.ts";
import { encapsulatedUncompressed, rleLossless, transferSyntax } from "./transfer_syntax.ts";

/** Options of {@linkcode decodeFrame}. */
export interface DecodeFrameOptions extends AbortOptions, AddressOptions {
  /** Bits to pass over before a native frame that begins inside a byte or word. */
  readonly bitOffset?: number | undefined;
  /**
   * How often to halve the resolution, where the format is one that can (JPEG 2000, HTJ2K): as
   * often as the stream allows at most. 0 by default.
   */
  readonly level?: number | undefined;
  /** Most bytes of memory that a decoder in WebAssembly may take; 1 GiB by default. */
  readonly maxWasmBytes?: number | undefined;
  /**
   * Let the values of a native frame lie in its bytes, where they lie there as they are, in place of
   * a copy; false by default.
   */
  readonly inPlace?: boolean | undefined;
}

/** Turns a frame's stored bytes into stored values. */
type Codec = (
  bytes: Uint8Array,
  description: ImageDescription,
  options: Pick<DecodeFrameOptions, "level" | "maxWasmBytes">,
) => Frame | Promise<Frame>;

const jpeg = async (): Promise<Codec> => (await import("./codecs/jpeg_family.ts")).decodeJpegFamily;
const jpegLs = async (): Promise<Codec> => (await import("./codecs/jpeg_ls.ts")).decodeJpegLs;
const jpeg2000 = async (): Promise<Codec> => (await import("./codecs/jpeg2000.ts")).decodeJpeg2000;
const htj2k = async (): Promise<Codec> => (await import("./codecs/htj2k.ts")).decodeHtj2k;
const jpegXl = async (): Promise<Codec> => (await import("./codecs/jpeg_xl.ts")).decodeJpegXl;

/** The codecs of encapsulated transfer syntaxes by UID, each loaded when it is first needed. */
const codecs: Readonly<Record<string, () => Promise<Codec>>> = {
  [rleLossless]: async () => (await import("./codecs/rle.ts")).decodeRle,
  "1.2.840.10008.1.2.4.50": jpeg,
  "1.2.840.10008.1.2.4.51": jpeg,
  "1.2.840.10008.1.2.4.53": jpeg,
  "1.2.840.10008.1.2.4.55": jpeg,
  "1.2.840.10008.1.2.4.57": jpeg,
  "1.2.840.10008.1.2.4.70": jpeg,
  "1.2.840.10008.1.2.4.80": jpegLs,
  "1.2.840.10008.1.2.4.81": jpegLs,
  "1.2.840.10008.1.2.4.90": jpeg2000,
  "1.2.840.10008.1.2.4.91": jpeg2000,
  "1.2.840.10008.1.2.4.110": jpegXl,
  "1.2.840.10008.1.2.4.111": jpegXl,
  "1.2.840.10008.1.2.4.112": jpegXl,
  "1.2.840.10008.1.2.4.201": htj2k,
  "1.2.840.10008.1.2.4.202": htj2k,
  "1.2.840.10008.1.2.4.203": htj2k,
  [encapsulatedUncompressed]: async () =>
    (await import("./codecs/encapsulated_uncompressed.ts")).decodeEncapsulatedUncompressed,
  "1.2.840.10008.1.2.8.1": async () =>
    (await import("./codecs/deflated_frame.ts")).decodeDeflatedFrame,
};

/**
 * Whether frames of a transfer syntax can be decoded.
 *
 * @example
 * ```ts
 * import { canDecode } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(canDecode("1.2.840.10008.1.2.4.90"), true); // JPEG 2000
 * assertEquals(canDecode("1.2.840.10008.1.2.4.100"), false); // MPEG2
 * ```
 */
export function canDecode(transferSyntaxUID: string): boolean {
  return !transferSyntax(transferSyntaxUID).encapsulated ||
    Object.hasOwn(codecs, transferSyntaxUID);
}

/**
 * Decodes one frame from its stored bytes.
 *
 * @param bytes The frame's bytes: its part of native pixel data, or its fragments joined.
 * @param description The image the frame is of.
 * @returns Stored values at their bits stored and sign; nothing else is applied.
 * @throws {UnsupportedTransferSyntaxError} When there is no codec for the transfer syntax.
 * @throws {DecodeError} When the bytes are cut, corrupt, or not those of such a frame.
 * @throws {LimitError} When decoding takes more memory than it may.
 *
 * @example
 * ```ts
 * import { decodeFrame, imageDescriber } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const description = imageDescriber({
 *   TransferSyntaxUID: "1.2.840.10008.1.2.1",
 *   Rows: 1,
 *   Columns: 2,
 *   BitsAllocated: 16,
 *   BitsStored: 12,
 *   PixelRepresentation: 1,
 * })(0);
 * const { data, rows, columns } = await decodeFrame(
 *   new Uint8Array([1, 0, 0xff, 0x0f]),
 *   description,
 * );
 * assertEquals([...data], [1, -1]);
 * assertEquals([rows, columns], [1, 2]);
 * ```
 */
export async function decodeFrame(
  bytes: Uint8Array,
  description: ImageDescription,
  options: DecodeFrameOptions = {},
): Promise<Frame> {
  const { transferSyntaxUID } = description;
  const { signal } = options;
  signal?.throwIfAborted();
  requireDecodable(transferSyntaxUID, options.address);
  const codec = codecs[transferSyntaxUID];
  if (codec !== undefined) {
    const decode = await abortable(codec(), signal);
    try {
      return await abortable(Promise.resolve(decode(bytes, description, options)), signal);
    } catch (error) {
      // Codecs do not know whose bytes they have.
      if (!(error instanceof LimitError)) throw error;
      throw new LimitError(error.message, { address: options.address, cause: error });
    }
  }
  const { decodeNative } = await abortable(import("./codecs/native.ts"), signal);
  return decodeNative(bytes, description, options);
}

/**
 * Fails where frames of a transfer syntax cannot be decoded.
 *
 * @throws {UnsupportedTransferSyntaxError} Naming the transfer syntax and what to do about it.
 *
 * @example
 * ```ts
 * import { requireDecodable } from "@dicom/series-preview/dicom";
 * import { assertThrows } from "@std/assert";
 *
 * requireDecodable("1.2.840.10008.1.2.4.80"); // JPEG-LS
 * assertThrows(() => requireDecodable("1.2.840.10008.1.2.4.100"));
 * ```
 */
export function requireDecodable(transferSyntaxUID: string, address?: string): void {
  if (canDecode(transferSyntaxUID)) return;
  throw new UnsupportedTransferSyntaxError(explainRefusal(transferSyntaxUID), transferSyntaxUID, {
    address,
  });
}
