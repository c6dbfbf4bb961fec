import golden from "./golden_streams.json" with { type: "json" };

/** A JPEG stream, and what another decoder makes of it. */
export interface GoldenStream {
  /** The command that made it. */
  readonly made: string;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  /** First 16 hex digits over the samples, interleaved as coded, 12 bits in two bytes little endian. */
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Streams of all processes and samplings, with the samples that libjpeg-turbo and DCMTK give. */
export const goldenStreams: readonly GoldenStream[] = golden.streams.map((
  { stream, ...facts },
) => ({
  ...facts,
  bytes: Uint8Array.fromBase64(stream),
}));

/** Finds a stream by the command that made it. */
export function goldenStream(made: string): GoldenStream {
  const found = goldenStreams.find((each) => each.made === made);
  if (found === undefined) throw new Error(`there is no golden stream made by ${made}`);
  return found;
}

/** The hash of samples as the golden streams have it. */
export async function hashSamples(samples: Uint8Array | Uint16Array): Promise<string> {
  const bytes = new Uint8Array(samples.length * samples.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => {
    if (samples.BYTES_PER_ELEMENT === 2) view.setUint16(i * 2, sample, true);
    else view.setUint8(i, sample);
  });
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}
