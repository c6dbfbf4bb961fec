/** How a transfer syntax (PS3.5 section 10) writes a dataset and its pixels. */
export interface TransferSyntax {
  /** Its UID. */
  readonly uid: string;
  /** The name of PS3.6 table A-1. */
  readonly name: string;
  /** Whether elements carry their value representation. */
  readonly explicitVR: boolean;
  /** Whether numbers are little endian. */
  readonly littleEndian: boolean;
  /** Whether the whole dataset is deflated. */
  readonly deflated: boolean;
  /** Whether the pixel data is encapsulated in fragments. */
  readonly encapsulated: boolean;
}

/** UID of Implicit VR Little Endian, the default transfer syntax. */
export const implicitLittleEndian = "1.2.840.10008.1.2";
/** UID of Explicit VR Little Endian. */
export const explicitLittleEndian = "1.2.840.10008.1.2.1";
/** UID of Explicit VR Big Endian (retired). */
export const explicitBigEndian = "1.2.840.10008.1.2.2";
/** UID of Deflated Explicit VR Little Endian. */
export const deflatedLittleEndian = "1.2.840.10008.1.2.1.99";
/** UID of Encapsulated Uncompressed Explicit VR Little Endian. */
export const encapsulatedUncompressed = "1.2.840.10008.1.2.1.98";
/** UID of RLE Lossless. */
export const rleLossless = "1.2.840.10008.1.2.5";

const encapsulatedNames: Readonly<Record<string, string>> = {
  "1.2.840.10008.1.2.1.98": "Encapsulated Uncompressed Explicit VR Little Endian",
  "1.2.840.10008.1.2.4.50": "JPEG Baseline (Process 1)",
  "1.2.840.10008.1.2.4.51": "JPEG Extended (Process 2 & 4)",
  "1.2.840.10008.1.2.4.53": "JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8)",
  "1.2.840.10008.1.2.4.55": "JPEG Full Progression, Non-Hierarchical (Process 10 & 12)",
  "1.2.840.10008.1.2.4.57": "JPEG Lossless, Non-Hierarchical (Process 14)",
  "1.2.840.10008.1.2.4.70": "JPEG Lossless, Non-Hierarchical, First-Order Prediction",
  "1.2.840.10008.1.2.4.80": "JPEG-LS Lossless Image Compression",
  "1.2.840.10008.1.2.4.81": "JPEG-LS Lossy (Near-Lossless) Image Compression",
  "1.2.840.10008.1.2.4.90": "JPEG 2000 Image Compression (Lossless Only)",
  "1.2.840.10008.1.2.4.91": "JPEG 2000 Image Compression",
  "1.2.840.10008.1.2.4.92": "JPEG 2000 Part 2 Multi-component (Lossless Only)",
  "1.2.840.10008.1.2.4.93": "JPEG 2000 Part 2 Multi-component",
  "1.2.840.10008.1.2.4.94": "JPIP Referenced",
  "1.2.840.10008.1.2.4.95": "JPIP Referenced Deflate",
  "1.2.840.10008.1.2.4.100": "MPEG2 Main Profile / Main Level",
  "1.2.840.10008.1.2.4.100.1": "Fragmentable MPEG2 Main Profile / Main Level",
  "1.2.840.10008.1.2.4.101": "MPEG2 Main Profile / High Level",
  "1.2.840.10008.1.2.4.101.1": "Fragmentable MPEG2 Main Profile / High Level",
  "1.2.840.10008.1.2.4.102": "MPEG-4 AVC/H.264 High Profile / Level 4.1",
  "1.2.840.10008.1.2.4.102.1": "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1",
  "1.2.840.10008.1.2.4.103": "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1",
  "1.2.840.10008.1.2.4.103.1":
    "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1",
  "1.2.840.10008.1.2.4.104": "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video",
  "1.2.840.10008.1.2.4.104.1":
    "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video",
  "1.2.840.10008.1.2.4.105": "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video",
  "1.2.840.10008.1.2.4.105.1":
    "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video",
  "1.2.840.10008.1.2.4.106": "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2",
  "1.2.840.10008.1.2.4.106.1": "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2",
  "1.2.840.10008.1.2.4.107": "HEVC/H.265 Main Profile / Level 5.1",
  "1.2.840.10008.1.2.4.108": "HEVC/H.265 Main 10 Profile / Level 5.1",
  "1.2.840.10008.1.2.4.110": "JPEG XL Lossless",
  "1.2.840.10008.1.2.4.111": "JPEG XL JPEG Recompression",
  "1.2.840.10008.1.2.4.112": "JPEG XL",
  "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 (Lossless Only)",
  "1.2.840.10008.1.2.4.202": "High-Throughput JPEG 2000 with RPCL Options (Lossless Only)",
  "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000",
  "1.2.840.10008.1.2.4.204": "JPIP HTJ2K Referenced",
  "1.2.840.10008.1.2.4.205": "JPIP HTJ2K Referenced Deflate",
  "1.2.840.10008.1.2.5": "RLE Lossless",
  "1.2.840.10008.1.2.7.1": "SMPTE ST 2110-20 Uncompressed Progressive Active Video",
  "1.2.840.10008.1.2.7.2": "SMPTE ST 2110-20 Uncompressed Interlaced Active Video",
  "1.2.840.10008.1.2.7.3": "SMPTE ST 2110-30 PCM Digital Audio",
  "1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",
};

/** JPIP Referenced Deflate and JPIP HTJ2K Referenced Deflate, whose datasets are deflated, too. */
const deflatedReferences: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2.4.95",
  "1.2.840.10008.1.2.4.205",
]);

/** UIDs of all transfer syntaxes of pixel data that are known by name, whether or not they can be decoded. */
export const transferSyntaxUIDs: readonly string[] = [
  implicitLittleEndian,
  explicitLittleEndian,
  explicitBigEndian,
  deflatedLittleEndian,
  ...Object.keys(encapsulatedNames),
];

/**
 * Tells how a transfer syntax writes a dataset.
 *
 * A UID that is not listed is taken as PS3.5 requires of every encapsulated
 * one: explicit VR little endian.
 *
 * @param uid UID of the transfer syntax.
 *
 * @example
 * ```ts
 * import { transferSyntax } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(transferSyntax("1.2.840.10008.1.2.5").name, "RLE Lossless");
 * ```
 */
export function transferSyntax(uid: string): TransferSyntax {
  const known = { uid, explicitVR: true, littleEndian: true, deflated: false, encapsulated: false };
  switch (uid) {
    case implicitLittleEndian:
      return { ...known, name: "Implicit VR Little Endian", explicitVR: false };
    case explicitLittleEndian:
      return { ...known, name: "Explicit VR Little Endian" };
    case explicitBigEndian:
      return { ...known, name: "Explicit VR Big Endian", littleEndian: false };
    case deflatedLittleEndian:
      return { ...known, name: "Deflated Explicit VR Little Endian", deflated: true };
    default: {
      const name = Object.hasOwn(encapsulatedNames, uid) ? encapsulatedNames[uid]! : "unknown";
      return { ...known, name, encapsulated: true, deflated: deflatedReferences.has(uid) };
    }
  }
}
