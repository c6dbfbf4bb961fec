import { DecodeError } from "../errors.ts";
import { hasImage } from "../dicom/describe_image.ts";
import { frameCountOf } from "../dicom/frame_count_of.ts";
import { numberOf } from "../dicom/plain_values.ts";
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
 */
export async function toIndexedInstance(retrieved: RetrievedHeader): Promise<IndexedInstance> {
  const { url, header, size, etag } = retrieved;
  const { pixelData } = header;
  const attributes = withTransferSyntax(await readAttributes(header), header);
  const values = toAttributeValues(attributes);
  const image = hasImage(values) &&
    (pixelData !== null || numberOf(values, "BitsAllocated") !== undefined);
  const matrix = image ? readPixelMatrix(values) : null;
  const frameCount = matrix !== null ? 1 : image ? frameCountOf(values) : 0;
  const hasFrames = frameCount > 0 && matrix === null;
  const offset = pixelData?.offset ?? null;
  const pixelLength = pixelData?.length ??
    (offset === null || size === null ? null : size - offset);
  const pixelVR = pixelData && pixelVROf(pixelData);
  const ranges = image
    ? readFrameRanges({ ...values, [pixelVRKey]: pixelVR }, header, pixelLength, url)
    : null;
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
): readonly Pick<FrameRange, "offset" | "length">[] | null {
  const description = describe(values, address);
  const known = header.pixelData !== null && header.pixelData.offset !== null;
  if (description === null || !known || description.numberOfFrames === 1) return null;
  const { numberOfFrames } = description;
  if (storedSyntax(description, pixelLength, null) === null) return null;
  if (!isNative(description)) return readExtendedOffsetTable(header, numberOfFrames, pixelLength);
  return Array.from(
    { length: numberOfFrames },
    (_, i) => nativeFrameRange(description, i, pixelLength),
  );
}

/** Checks what the image claims before anything is made as large as that; null when it cannot be drawn. */
function describe(values: AttributeValues, address: string): ImageDescription | null {
  try {
    const limits = readPixelMatrix(values) === null ? undefined : slideImageLimits;
    return imageDescriber(values, { address, limits })(0);
  } catch (error) {
    // The header can be read all the same: drawing the slice says what is wrong with it.
    if (error instanceof DecodeError) return null;
    throw error;
  }
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
