import { SeriesIndex } from "@dicom/series-preview";
import {
  decodeFrame,
  decodePixels,
  type DicomHeader,
  dicomHeaderToDict,
  imageDescriber,
  type ImageDescription,
  parseHeader,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import {
  IndexBuilder,
  loadOrGenerateIndex,
  MemoryIndexCache,
  openFileIndexCache,
  readIndex,
  seriesName,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { encodeImage, encodeVideo } from "@dicom/series-preview/mosaic";
import {
  type BucketProtocol,
  BucketStore,
  DicomRetriever,
  FrameReader,
  HttpStore,
  listSeries,
  locateSeries,
  MemoryStore,
  openStore,
  readHeader,
  readHeaders,
  readInOrder,
  type Store,
  StoreRegistry,
} from "@dicom/series-preview/retriever";
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { nextTurn } from "../runtime/next_turn.ts";
import { sampleName, sampleSeries, sampleSlice } from "./cli/sample_series.ts";
import { isAsync, PublicDocs } from "./support/public_docs.ts";

const REASON = new Error("the user has seen enough");

/** Makes a call, and consumes all that it answers. */
type Call = (signal: AbortSignal) => unknown;

/** Calls that answer in their own way when they are aborted, and how. */
const others: Readonly<Record<string, string>> = {
  main: "the command line's exit status is 130, and nothing is thrown",
};

const SERIES = "https://example.org/series/";
const series = sampleSeries(2);

/** A web folder, and a bucket, that know no ranges. */
const fetch: typeof globalThis.fetch = (input) => {
  const { pathname, search } = new URL(String(input));
  if (search !== "") {
    return Promise.resolve(
      new Response("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"),
    );
  }
  const object = series.get(pathname.slice(pathname.lastIndexOf("/") + 1));
  return Promise.resolve(object ? new Response(object) : Response.json([...series.keys()]));
};

const object = sampleSlice({ number: 0 });
const name = sampleName(0);
const objects = new Map([[name, object]]);
const image = { width: 2, height: 2, channels: 1, data: new Uint8Array(4) } as const;

const index = await SeriesIndex.open(SERIES, { cache: false, fetch });
const instance = await index.getInstance({ headersOnly: true });
const retriever = await DicomRetriever.open(SERIES, { fetch });
const memory = new MemoryStore(objects);
const web = new HttpStore(SERIES, { fetch });
const protocol: BucketProtocol = {
  scheme: "own",
  base: () => new URL(SERIES),
  sign: () => new Headers(),
  accessHint: "",
  credentialsHint: "",
};
const bucket = new BucketStore("bucket", protocol, { fetch });
const cache = new MemoryIndexCache();
const builder = new IndexBuilder();
const named = { seriesUID: "ct", address: "demo:ct" };
const table = await builder.build(named);
const bytes = await writeIndex(table);
const header = headerOf(object);
const description = await describe(header);
const pixelOffset = header.pixelData!.offset!;
const pixels = object.subarray(pixelOffset);
const source = {
  url: memory.url(name),
  key: name,
  fileSize: object.length,
  pixelOffset,
  pixelLength: pixels.length,
  etag: null,
};

function callsOfStore(kind: string, store: Store): Record<string, Call> {
  return {
    [`${kind}.getRange`]: (signal) => store.getRange(name, { suffix: 1 }, { signal }),
    [`${kind}.get`]: (signal) => store.get(name, { signal }),
    [`${kind}.list`]: (signal) => store.list("", { signal }),
    [`${kind}.listFolders`]: (signal) => store.listFolders("", { signal }),
  };
}

/** Every asynchronous call that is exported. */
const calls: Readonly<Record<string, Call>> = {
  "SeriesIndex.open": (signal) => SeriesIndex.open(SERIES, { cache: false, fetch, signal }),
  "SeriesIndex.saved": (signal) => index.saved({ signal }),
  "SeriesIndex.loadTable": (signal) => index.loadTable({ signal }),
  "SeriesIndex.toParquet": (signal) => index.toParquet({ signal }),
  "SeriesIndex.renderMosaic": (signal) => index.renderMosaic({ signal }),
  "SeriesIndex.renderContrastMosaic": (signal) => index.renderContrastMosaic({ signal }),
  "SeriesIndex.renderFrames": (signal) => index.renderFrames({ signal }, Array.fromAsync),
  "SeriesIndex.getImages": (signal) => index.getImages({ positions: [0], signal }),
  "SeriesIndex.getImage": (signal) => index.getImage({ signal }),
  "SeriesIndex.getInstances": (signal) => index.getInstances({ positions: [0], signal }),
  "SeriesIndex.getInstance": (signal) => index.getInstance({ signal }),
  "Instance.getPixels": (signal) => instance.getPixels({ signal }),
  "Instance.getImage": (signal) => instance.getImage({ signal }),
  "Instance.getContrastGrid": (signal) => instance.getContrastGrid({ signal }),
  ...callsOfStore("MemoryStore", memory),
  ...callsOfStore("HttpStore", web),
  ...callsOfStore("BucketStore", bucket),
  "DicomRetriever.open": (signal) => DicomRetriever.open(SERIES, { fetch, signal }),
  "DicomRetriever.listInstances": (signal) => retriever.listInstances({ signal }),
  "DicomRetriever.getInstances": (signal) => retriever.getInstances([SERIES + name], { signal }),
  "DicomRetriever.getInstance": (signal) => retriever.getInstance(SERIES + name, { signal }),
  "DicomRetriever.getInstanceAtPosition": (signal) =>
    retriever.getInstanceAtPosition(0, [SERIES + name], { signal }),
  "FrameReader.read": (signal) => new FrameReader(memory).read(source, description, 0, { signal }),
  "StoreRegistry.resolve": (signal) => new StoreRegistry().resolve("s3://bucket/a", { signal }),
  listSeries: (signal) => listSeries(SERIES, { fetch, signal }),
  locateSeries: (signal) => locateSeries(SERIES, { fetch, signal }),
  openStore: (signal) => openStore("s3://bucket/a", { signal }),
  readHeader: (signal) => readHeader(memory, name, { signal }),
  readHeaders: (signal) => readHeaders(memory, [name], { signal }),
  readInOrder: (signal) => readInOrder([1], String, () => Promise.resolve(), { signal }),
  "IndexBuilder.build": (signal) => builder.build({ ...named, signal }),
  "SeriesTable.loadTable": (signal) => table.loadTable({ signal }),
  "MemoryIndexCache.get": (signal) => cache.get("ct", { signal }),
  "MemoryIndexCache.put": (signal) => cache.put("ct", bytes, { signal }),
  "MemoryIndexCache.list": (signal) => cache.list({ signal }),
  "MemoryIndexCache.delete": (signal) => cache.delete("ct", { signal }),
  "MemoryIndexCache.lock": async (signal) => {
    await using _lock = await cache.lock("ct", { signal });
  },
  loadOrGenerateIndex: (signal) =>
    loadOrGenerateIndex("ct", { cache, generate: () => Promise.resolve(table), signal }),
  openFileIndexCache: (signal) => openFileIndexCache("none", { signal }),
  readIndex: (signal) => readIndex(bytes, { signal }),
  seriesName: (signal) => seriesName("s3://idc-open-data/a", { signal }),
  writeIndex: (signal) => writeIndex(table, { signal }),
  encodeImage: (signal) => encodeImage(image, { format: "png", signal }),
  encodeVideo: (signal) => encodeVideo([image], { signal }),
  decodeFrame: (signal) => decodeFrame(pixels, description, { signal }),
  decodePixels: (signal) => decodePixels(object, { signal }),
  dicomHeaderToDict: (signal) => dicomHeaderToDict(header, { signal }),
  readAttributes: (signal) => readAttributes(header, { signal }),
};

function headerOf(bytes: Uint8Array): DicomHeader {
  const result = parseHeader(bytes, { totalSize: bytes.length });
  assert(result.complete);
  return result.header;
}

async function describe(header: DicomHeader): Promise<ImageDescription> {
  const { transferSyntaxUID: TransferSyntaxUID } = header;
  const values = toAttributeValues(await readAttributes(header));
  return imageDescriber({ ...values, TransferSyntaxUID })(0);
}

/** Makes a call to its end: what is iterated over to its last. */
async function finish(answer: unknown): Promise<void> {
  const settled = await answer;
  if (settled instanceof Object && Symbol.asyncIterator in settled) {
    await Array.fromAsync(settled as AsyncIterable<unknown>);
  }
}

Deno.test("every asynchronous call is tried here", async () => {
  const names = (await PublicDocs.read()).calls()
    .filter((call) => isAsync(call) && call.kind !== "interface").map(({ name }) => name);
  assertEquals([...Object.keys(calls), ...Object.keys(others)].sort(), names.sort());
});

for (const [name, call] of Object.entries(calls)) {
  Deno.test(`${name} rejects with the reason of a signal that is aborted already`, async () => {
    const error = await assertRejects(() => finish(call(AbortSignal.abort(REASON))));
    assertStrictEquals(error, REASON);
    // It is not for another reason that it fails.
    await finish(call(new AbortController().signal));
  });
}

Deno.test("decoding many frames heeds an abort that comes meanwhile, and tells how far it is", async () => {
  const many = sampleSlice({ number: 0, frames: 3 });
  const controller = new AbortController();
  const progress: [number, number][] = [];
  const error = await assertRejects(() =>
    decodePixels(many, {
      signal: controller.signal,
      onProgress(done, total) {
        progress.push([done, total]);
        nextTurn().then(() => controller.abort(REASON));
        // As long as a large frame takes.
        for (const until = performance.now() + 100; performance.now() < until;);
      },
    })
  );
  assertStrictEquals(error, REASON);
  assertEquals(progress, [[1, 3]]);
});

Deno.test("an abort does not wait for a codec that is still on its way", async () => {
  const controller = new AbortController();
  const transferSyntaxUID = "1.2.840.10008.1.2.4.80";
  const frame = decodeFrame(new Uint8Array(8), { ...description, transferSyntaxUID }, {
    signal: controller.signal,
  });
  controller.abort(REASON);
  assertStrictEquals(await assertRejects(() => frame), REASON);
});

Deno.test("an abort ends the signing of a request, and who signs is told of it", async () => {
  const controller = new AbortController();
  const asked = Promise.withResolvers<AbortSignal>();
  const slow = new BucketStore("bucket", {
    ...protocol,
    sign(_url, { signal } = {}) {
      asked.resolve(signal!);
      return new Promise<never>(() => {});
    },
  }, { fetch });
  const read = slow.get(name, { signal: controller.signal });
  const signal = await asked.promise;
  controller.abort(REASON);
  assertStrictEquals(await assertRejects(() => read), REASON);
  assertStrictEquals(signal.reason, REASON);
});
