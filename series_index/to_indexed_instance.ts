import { DecodeError, InvalidHeaderError } from "../errors.ts";
import {
  type DecodeLimits,
  defaultDecodeLimits,
  type ImageLimits,
} from "../dicom/decode_limits.ts";
import { hasImage } from "../dicom/describe_image.ts";
import { frameCountOf } from "../dicom/frame_count_of.ts";
import { numberOf } from "../dicom/plain_values.ts";
import type { PixelVR } from "../dicom/image_description.ts";
import { pixelVRKey, pixelVROf } from "../dicom/pixel_vr_of.ts";
import { readExtendedOffsetTable } from "../dicom/read_extended_offset_table.ts";
import { readPixelMatrix } from "../dicom/slide/read_pixel_matrix.ts";
import { slideImageLimits } from "../dicom/slide/slide_image_limits.ts";
import { storedSyntax } from "../dicom/stored_syntax.ts";
import {
  type Attribute,
  type AttributeValues,
  type DicomHeader,
  type FrameRange,
  imageDescriber,
  type ImageDescription,
  isNative,
  nativeFrameRange,
  readAttributes,
  readFrameGeometry,
  readFrameTraits,
  toAttributeValues,
} from "../dicom/mod.ts";
import type { IndexedInstance } from "../index_cache/mod.ts";
import type { RetrievedHeader } from "../retriever/read_header.ts";

const transferSyntaxUID = 0x00020010;

/**
 * Turns a header into what the index keeps of an instance.
 *
 * An instance that describes an image gives slices even when the object ends
 * before its pixels: drawing it then names what is missing. Spectroscopy and
 * raw data have rows and columns, but neither pixels nor bits allocated to them. The frames of a
 * slide are tiles of one slice.
 *
 * @throws {LimitError} When the image claims more frames or pixels than its limits.
 * @throws {InvalidHeaderError} When it claims frames that its pixel data has no room for.
 */
export async function toIndexedInstance(
  retrieved: RetrievedHeader,
  decodeLimits: Partial<DecodeLimits> = {},
): Promise<IndexedInstance> {
  const { url, header, size, etag } = retrieved;
  const { pixelData } = header;
  const attributes = withTransferSyntax(await readAttributes(header), header);
  // Private elements, which may be most, tell nothing of the image.
  const standard = attributes.filter(({ tag }) => (tag >>> 16) % 2 === 0);
  const pixelVR = pixelData && pixelVROf(pixelData);
  const values = toAttributeValues([...standard, pixelVRAttribute(pixelVR)]);
  const image = hasImage(values) &&
    (pixelData !== null || numberOf(values, "BitsAllocated") !== undefined);
  const matrix = image ? readPixelMatrix(values) : null;
  const frameCount = matrix !== null ? 1 : image ? frameCountOf(values) : 0;
  const hasFrames = frameCount > 0 && matrix === null;
  const offset = pixelData?.offset ?? null;
  const pixelLength = pixelData?.length ??
    (offset === null || size === null ? null : size - offset);
  const ranges = image ? readFrameRanges(values, header, pixelLength, url, decodeLimits) : null;
  return {
    url,
    fileSize: size,
    etag,
    pixelOffset: offset,
    pixelLength,
    pixelVR,
    attributes,
    frameCount,
    frameGeometry: hasFrames ? readFrameGeometry(values, frameCount) : null,
    frameTraits: hasFrames ? readFrameTraits(values, frameCount) : null,
    frameOffsets: ranges?.map((range) => offset! + range.offset) ?? null,
    frameLengths: ranges?.map((range) => range.length) ?? null,
  };
}

/**
 * Where the frames of native pixel data lie, and those that an Extended Offset Table tells of; null
 * for one frame, and where more than the header must be read to tell.
 */
function readFrameRanges(
  values: AttributeValues,
  header: DicomHeader,
  pixelLength: number | null,
  address: string,
  decodeLimits: Partial<DecodeLimits>,
): readonly Pick<FrameRange, "offset" | "length">[] | null {
  const description = describe(values, address, decodeLimits);
  const known = header.pixelData !== null && header.pixelData.offset !== null;
  if (description === null || !known || description.numberOfFrames === 1) return null;
  const { numberOfFrames } = description;
  requireRoom(description, header, pixelLength, address);
  if (storedSyntax(description, pixelLength, null) === null) return null;
  if (!isNative(description)) return readExtendedOffsetTable(header, numberOfFrames, pixelLength);
  return Array.from(
    { length: numberOfFrames },
    (_, i) => nativeFrameRange(description, i, pixelLength),
  );
}

/** Frames that an image may claim whatever its pixel data has room for: drawing them says what is missing. */
const freeFrames = 256;
/** Bytes of the head of a fragment, of which each frame has one at least. */
const itemHead = 8;

/**
 * Refuses an image of many frames of which less than half can be there, by the length that its pixel data has:
 * frames that are but claimed would take the places of other slices.
 */
function requireRoom(
  description: ImageDescription,
  { pixelData }: DicomHeader,
  pixelLength: number | null,
  address: string,
): void {
  const { numberOfFrames } = description;
  const native = isNative(description);
  const length = native ? pixelData!.length : pixelLength;
  if (length === null || numberOfFrames <= freeFrames) return;
  const last = nativeFrameRange(description, numberOfFrames - 1, length);
  const needed = native ? last.offset + last.length : numberOfFrames * itemHead;
  if (needed <= 2 * length) return;
  throw new InvalidHeaderError(
    `the header claims ${numberOfFrames} frames, which its ${length} bytes of pixel data cannot hold`,
    { address },
  );
}

/** Checks what the image claims before anything is made as large as that; null when it cannot be drawn. */
function describe(
  values: AttributeValues,
  address: string,
  decodeLimits: Partial<DecodeLimits>,
): ImageDescription | null {
  try {
    const limits = {
      ...raised(decodeLimits),
      ...(readPixelMatrix(values) === null ? {} : slideImageLimits),
    };
    return imageDescriber(values, { address, limits })(0);
  } catch (error) {
    // The header can be read all the same: drawing the slice says what is wrong with it.
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

/** An index serves others too: limits that are lower than usual hold where pixels are decoded alone. */
function raised({ maxFramePixels = 0, maxFrames = 0 }: Partial<DecodeLimits>): ImageLimits {
  return {
    maxFramePixels: Math.max(maxFramePixels, defaultDecodeLimits.maxFramePixels),
    maxFrames: Math.max(maxFrames, defaultDecodeLimits.maxFrames),
  };
}

/** What the pixels are read by, as an attribute of the image. */
function pixelVRAttribute(vr: PixelVR | null): Attribute {
  return { keyword: pixelVRKey, tag: 0, vr: "CS", single: true, values: vr === null ? [] : [vr] };
}

/** A file without file meta says nothing of its transfer syntax, so what was found is put down. */
function withTransferSyntax(attributes: Attribute[], header: DicomHeader): Attribute[] {
  if (attributes.some(({ tag }) => tag === transferSyntaxUID)) return attributes;
  const found: Attribute = {
    keyword: "TransferSyntaxUID",
    tag: transferSyntaxUID,
    vr: "UI",
    single: true,
    values: [header.transferSyntaxUID],
  };
  return [found, ...attributes];
}
