import {
  canDecode,
  decodeFrame,
  frameCountOf,
  hasImage,
  imageDescriber,
  isNative,
  parseHeader,
  readAttributes,
  readDeflatedPixelData,
  readFrameGeometry,
  splitFrames,
  toAttributeValues,
} from "@dicom/series-preview/dicom";

/** Reads all that there is to read of an object, its first frame included. */
export async function readInstance(object: Uint8Array): Promise<void> {
  const result = parseHeader(object, { totalSize: object.length });
  if (!result.complete) throw new Error(`a whole object needs ${result.bytesNeeded} bytes`);
  const values = toAttributeValues(await readAttributes(result.header));
  if (hasImage(values)) {
    const description = imageDescriber(values)(0);
    readFrameGeometry(values, frameCountOf(values));
    const { pixelData, transferSyntaxUID } = result.header;
    if (pixelData === null || !canDecode(transferSyntaxUID)) return;
    const value = pixelData.offset === null
      ? readDeflatedPixelData(object)
      : object.subarray(pixelData.offset);
    const [frame] = isNative(description)
      ? [value]
      : splitFrames(value, description.numberOfFrames);
    await decodeFrame(frame!, description);
  }
}
