/** How the frames of a video follow each other. */
export interface RemuxOptions {
  /** Frames a second. */
  readonly fps: number;
}

/**
 * Puts the frames of an H.264 video into an MP4 file that players can start and jump in: what they
 * need to know comes first, the frames that stand for themselves are told from the others, and the
 * colors are said to be those of ITU-R BT.709 in its limited range.
 *
 * @param video An MP4 file, its frames in the order that they are shown in
 */
export async function remuxVideo(
  video: Uint8Array,
  { fps }: RemuxOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const {
    BufferSource,
    BufferTarget,
    EncodedPacketSink,
    EncodedVideoPacketSource,
    Input,
    MP4,
    Mp4OutputFormat,
    Output,
  } = await import("mediabunny");
  const input = new Input({ formats: [MP4], source: new BufferSource(video) });
  const track = (await input.getPrimaryVideoTrack())!;
  const decoderConfig = { ...(await track.getDecoderConfig())!, colorSpace };
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target });
  const source = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  let frame = 0;
  const packets = new EncodedPacketSink(track);
  for await (const packet of packets.packets(undefined, undefined, { verifyKeyPackets: true })) {
    const timed = packet.clone({ timestamp: frame++ / fps, duration: 1 / fps });
    await source.add(timed, { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

const colorSpace = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
} as const;
