import { createFile, MP4BoxBuffer } from "mp4box";

/** What an MP4 file tells of its video. */
export interface VideoFile {
  readonly width: number;
  readonly height: number;
  /** Seconds. */
  readonly duration: number;
  /** As in `avc1.42c01e`. */
  readonly codec: string;
  /** Whether what players need to know stands before the frames. */
  readonly isFastStart: boolean;
  /** Colour primaries, transfer and matrix by ISO/IEC 23091-2, and whether the range is full. */
  readonly colors: readonly [number, number, number, boolean] | null;
  /** Sequence and picture parameter sets. */
  readonly parameters: readonly Uint8Array[];
  readonly samples: readonly VideoSample[];
}

/** A coded frame. */
export interface VideoSample {
  /** When it is shown, in seconds. */
  readonly time: number;
  /** Whether the file says that it can be jumped to. */
  readonly isSync: boolean;
  /** Its network abstraction layer units (ISO/IEC 14496-10, 7.3.1). */
  readonly units: readonly Uint8Array[];
}

interface AvcEntry {
  readonly avcC: Record<"SPS" | "PPS", readonly { readonly data: Uint8Array }[]>;
  readonly colr?: Readonly<Record<string, number>>;
}

/** Reads an MP4 file with one video, by another library than writes it. */
export function readVideo(bytes: Uint8Array<ArrayBuffer>): VideoFile {
  const file = createFile();
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0));
  file.flush();
  const info = file.getInfo();
  const [track, ...others] = info.tracks;
  if (track?.video === undefined || others.length > 0) throw new Error("not one video");
  const entry = file.getTrackById(track.id).mdia.minf.stbl.stsd.entries[0] as unknown as AvcEntry;
  const { colr } = entry;
  return {
    ...track.video,
    duration: track.duration / track.timescale,
    codec: track.codec,
    isFastStart: file.boxes.findIndex(({ type }) => type === "moov") <
      file.boxes.findIndex(({ type }) => type === "mdat"),
    colors: colr === undefined ? null : [
      colr["colour_primaries"]!,
      colr["transfer_characteristics"]!,
      colr["matrix_coefficients"]!,
      colr["full_range_flag"] === 1,
    ],
    parameters: [...entry.avcC.SPS, ...entry.avcC.PPS].map(({ data }) => data),
    samples: file.getTrackSamplesInfo(track.id).map((sample) => ({
      time: sample.cts / sample.timescale,
      isSync: sample.is_sync,
      units: splitUnits(bytes.subarray(sample.offset, sample.offset + sample.size)),
    })),
  };
}

/** Splits a sample into its units, each of which has its length in four bytes before it. */
function splitUnits(sample: Uint8Array): Uint8Array[] {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const units: Uint8Array[] = [];
  for (let at = 0; at < sample.length;) {
    const length = view.getUint32(at);
    units.push(sample.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return units;
}
