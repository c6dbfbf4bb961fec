import { type PixelImage, UsageError } from "@dicom/series-preview";
import { checkVideo, encodeVideo, type EncodeVideoOptions } from "@dicom/series-preview/mosaic";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import process from "node:process";
import { toYuv } from "../../mosaic/video/to_yuv.ts";
import { runProgram } from "../support/run_program.ts";
import { seededRandom } from "../support/random.ts";
import { decodeBaseline } from "../video/decode_baseline.ts";
import { readVideo } from "../video/read_video.ts";

/** A picture of soft slopes like no other of its series. */
function picture(number: number, width: number, height: number, channels: 1 | 3 = 1): PixelImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const [x, y] = [pixel % width / width, Math.floor(pixel / width) / height];
    return 128 + 100 * Math.sin(x * 5 + number * 0.7 + channel) * Math.cos(y * 4 - number * 0.3);
  });
  return { width, height, channels, data };
}

function pictures(count: number, ...form: [number, number, (1 | 3)?]): PixelImage[] {
  return Array.from({ length: count }, (_, number) => picture(number, ...form));
}

/** The mean distance of the planes of a video's frames from those of the pictures. */
function distances(video: Uint8Array<ArrayBuffer>, images: readonly PixelImage[]): number[] {
  const frames = decodeBaseline(video);
  assertEquals(frames.length, images.length);
  return frames.map(({ planes }, i) => {
    const expected = toYuv(images[i]!);
    const decoded = planes.flatMap((plane) => [...plane]);
    assertEquals(decoded.length, expected.length);
    return decoded.reduce((sum, value, at) => sum + Math.abs(value - expected[at]!), 0) /
      decoded.length;
  });
}

for (
  const [width, height, channels] of [[64, 48, 1], [64, 48, 3], [2, 2, 1], [2, 50, 3], [
    130,
    18,
    3,
  ]] as const
) {
  const color = channels === 3 ? "color" : "grey";
  Deno.test(`every frame of ${width} × ${height} in ${color} is the picture that went in`, async () => {
    const images = pictures(30, width, height, channels);
    const video = await encodeVideo(images, { quality: 90 });
    const { samples, ...file } = readVideo(video);
    assertEquals([file.width, file.height, samples.length], [width, height, 30]);
    assertLess(Math.max(...distances(video, images)), 3);
  });
}

Deno.test("players are told at the start what they need to start and to jump", async () => {
  const video = await encodeVideo(pictures(60, 32, 32), { fps: 12 });
  const { isFastStart, samples, duration, colors, codec } = readVideo(video);
  assert(isFastStart);
  assertEquals(codec.slice(0, 7), "avc1.42", "Baseline");
  assertEquals(colors, [1, 1, 1, false]);
  assertAlmostEquals(duration, 5);
  samples.forEach(({ time, isSync, units }, number) => {
    assertAlmostEquals(time, number / 12);
    const isWhole = units.every((unit) => (unit[0]! & 0x1f) === 5);
    assertEquals([isSync, isWhole], [number % 12 === 0, number % 12 === 0], `frame ${number}`);
  });
});

Deno.test("frames a second need not be whole", async () => {
  for (const fps of [0.1, 0.5, 23.976, 29.97, 120]) {
    const { samples, duration } = readVideo(await encodeVideo(pictures(5, 16, 16), { fps }));
    samples.forEach(({ time }, number) => assertLess(Math.abs(time * fps - number), 0.01));
    assertLess(Math.abs(duration * fps - 5), 0.01, `${fps}`);
  }
});

Deno.test("quality goes from small to good", async () => {
  const random = seededRandom(1);
  const noise = pictures(8, 64, 64).map(({ data, ...image }) => {
    return { ...image, data: data.map((value) => value + random() * 20) } as PixelImage;
  });
  const seen: { size: number; distance: number }[] = [];
  for (const quality of [0, 30, 60, 100]) {
    const video = await encodeVideo(noise, { quality });
    seen.push({ size: video.length, distance: Math.max(...distances(video, noise)) });
  }
  assertEquals(seen, seen.toSorted((one, other) => one.size - other.size));
  assertEquals(seen, seen.toSorted((one, other) => other.distance - one.distance));
  assertEquals(await encodeVideo(noise).then(({ length }) => length), seen[2]!.size);
});

Deno.test("a picture is asked for when the one before is encoded", async () => {
  const events: string[] = [];
  async function* watched() {
    for (const [number, image] of pictures(3, 16, 16).entries()) {
      await Promise.resolve();
      events.push(`asked ${number}`);
      const { data } = image;
      yield {
        ...image,
        get data() {
          events.push(`used ${number}`);
          return data;
        },
      };
    }
  }
  await encodeVideo(watched());
  assertEquals([...new Set(events)].slice(0, 4), ["asked 0", "used 0", "asked 1", "used 1"]);
});

Deno.test("pictures that make no video are refused", async () => {
  const refused: [images: PixelImage[], message: string][] = [
    [[], "a video of no image"],
    [pictures(1, 15, 16), "15 × 16 pixels: both sides must be even"],
    [pictures(1, 2, 4098), "2 × 4098 pixels: both sides must be even, from 2 to 4096"],
    [pictures(1, 0, 0), "0 × 0 pixels"],
    [[picture(0, 16, 16), picture(1, 16, 18)], "16 × 18 pixels in a video of 16 × 16"],
  ];
  for (const [images, message] of refused) {
    await assertRejects(() => encodeVideo(images), UsageError, message);
  }
  const faults: EncodeVideoOptions[] = [
    { fps: 0 },
    { fps: -1 },
    { fps: 0.09 },
    { fps: 121 },
    { fps: NaN },
    { quality: -1 },
    { quality: 101 },
    { quality: 0.5 },
  ];
  for (const options of faults) {
    assertThrows(() => checkVideo(options), UsageError);
    await assertRejects(() => encodeVideo(pictures(1, 16, 16), options), UsageError);
  }
});

Deno.test("what goes wrong with a picture is thrown as it is, and the next video is whole", async () => {
  const reason = new Error("the source is gone");
  function* broken() {
    yield* pictures(3, 16, 16);
    throw reason;
  }
  assertStrictEquals(await encodeVideo(broken()).catch((error) => error), reason);
  const images = pictures(3, 16, 16);
  assertLessOrEqual(Math.max(...distances(await encodeVideo(images, { quality: 90 }), images)), 3);
});

Deno.test("an abort ends the encoding before the next frame, and asks for no more", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  let asked = 0;
  let isClosed = false;
  function* endless() {
    try {
      for (;;) {
        if (++asked === 4) controller.abort(reason);
        yield picture(asked, 16, 16);
      }
    } finally {
      isClosed = true;
    }
  }
  const { signal } = controller;
  assertStrictEquals(await encodeVideo(endless(), { signal }).catch((error) => error), reason);
  assertEquals([asked, isClosed], [4, true]);
  assertStrictEquals(await encodeVideo(endless(), { signal }).catch((error) => error), reason);
  assertEquals(asked, 4);
});

Deno.test("videos can be encoded side by side", async () => {
  const many = [1, 2, 3].map((seed) => pictures(5 + seed, 16 * seed, 32));
  const videos = await Promise.all(many.map((images) => encodeVideo(images, { quality: 90 })));
  videos.forEach((video, i) => assertLess(Math.max(...distances(video, many[i]!)), 3));
});

Deno.test("the encoder leaves the process to its owner", async () => {
  await encodeVideo(pictures(1, 16, 16));
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    assertEquals(process.listeners(event), []);
  }
});

Deno.test("encoding takes no permission", async () => {
  const program = `
    import { encodeVideo } from "@dicom/series-preview/mosaic";
    const image = { width: 16, height: 16, channels: 1, data: new Uint8Array(256) };
    const bytes = await encodeVideo([image]);
    console.log(new TextDecoder().decode(bytes.subarray(4, 8)));
  `;
  assertEquals(await runProgram(program), ["ftyp"]);
});
