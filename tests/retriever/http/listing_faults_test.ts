import { assertEquals, assertInstanceOf, assertLessOrEqual, assertMatch } from "@std/assert";
import {
  AccessDeniedError,
  NetworkError,
  NotFoundError,
  ProtocolError,
  SeriesPreviewError,
} from "../../../errors.ts";
import { HttpStore } from "../../../retriever/http_store.ts";
import { S3Store } from "../../../retriever/s3_store.ts";
import type { Store } from "../../../retriever/store.ts";
import { assertTellsNoSecret } from "../../support/assert_tells_no_secret.ts";
import { FaultProxy, type SocketFault } from "../../support/fault_proxy.ts";
import { type RangeServerOptions, startRangeServer } from "../../support/range_server.ts";
import * as faults from "../../support/socket_faults.ts";
import { VirtualTime } from "../../support/virtual_time.ts";

const KEYS = ["a/1.dcm", "a/2.dcm", "a/3.dcm", "a/b/4.dcm", "a/b/5.dcm"];
const DEADLINE = 60_000;

interface ListingFault {
  readonly name: string;
  readonly fault: (time: VirtualTime) => SocketFault;
  /** Whether a listing that it happens to once is whole all the same; null where it cannot happen once. */
  readonly passes: boolean | null;
  /** The error of one that it always happens to; null where it is no fault. */
  readonly error: { readonly type: typeof SeriesPreviewError; readonly says: RegExp } | null;
}

const passing = (name: string, says: RegExp, fault: ListingFault["fault"]): ListingFault => {
  return { name, fault, passes: true, error: { type: NetworkError, says } };
};
const final = (
  name: string,
  type: typeof SeriesPreviewError,
  says: RegExp,
  fault: () => SocketFault,
): ListingFault => ({ name, fault, passes: false, error: { type, says } });

/** Changes the text of a listing, as somebody on the way who gets the length right. */
const rewritten = (change: (text: string) => string) =>
  faults.changed(({ status, headers, body }) => {
    const bytes = new TextEncoder().encode(change(new TextDecoder().decode(body)));
    return { status, headers: { ...headers, "content-length": `${bytes.length}` }, body: bytes };
  });
const half = (text: string) => text.slice(0, text.length / 2);
const page = (text: string, type = "text/html") =>
  faults.status(200, { headers: { "content-type": type }, body: text });

const noEnd = /sent a listing without its end \(3 tries\)/;

/** What every listing can meet. */
const common: readonly ListingFault[] = [
  passing("a reset before the reply", /connection lost/, () => faults.reset()),
  passing("a reset in the body", /connection lost/, () => faults.reset(50)),
  passing("an end in the body", /connection lost/, () => faults.finish(50)),
  passing("an end in a body of no length", noEnd, () => faults.cutUnannounced(150)),
  passing("an end in a chunk", /connection lost/, () => faults.cutChunk(50)),
  passing("a half that passes for the whole", noEnd, () => rewritten(half)),
  passing("a stall in the body", /no bytes for 10 s/, (time) => faults.stall(time, 10_000, 50)),
  passing("503", /answered 503/, () => faults.status(503)),
  passing("429", /answered 429/, () => faults.status(429, { headers: { "retry-after": "1" } })),
  final("403", AccessDeniedError, /no access to/, () => faults.status(403)),
  final("404", NotFoundError, /nothing at/, () => faults.status(404)),
  final("a redirect to the link", ProtocolError, /that no server may lead to/, () => {
    return faults.status(302, { headers: { location: "http://169.254.169.254/?token=hush" } });
  }),
  final("a redirect to a file", ProtocolError, /redirects to a file: address/, () => {
    return faults.status(302, { headers: { location: "file:///etc/" } });
  }),
];

const xml = { "content-type": "application/xml" };
const bucketError = (code: string) =>
  faults.status(200, {
    headers: xml,
    body: `<Error><Code>${code}</Code><Message>Secretus^Nemo</Message></Error>`,
  });

let tokens = 0;
/** A token that no listing has given before. */
const newToken = () => `<NextContinuationToken>new-${tokens++}</NextContinuationToken>`;

const bucketFaults: readonly ListingFault[] = [
  ...common,
  passing("200 and SlowDown in its body", /200 with the error SlowDown/, () => {
    return bucketError("SlowDown");
  }),
  final("200 and AccessDenied in its body", AccessDeniedError, /error AccessDenied/, () => {
    return bucketError("AccessDenied");
  }),
  final("a web page", ProtocolError, /a document of another kind came/, () => {
    return page("<html><p>Secretus^Nemo</p></html>");
  }),
  final("elements that do not fit", ProtocolError, /cut or malformed/, () => {
    return rewritten((text) => text.replace("</Key>", "</Secretus>"));
  }),
  final("entities of its own", ProtocolError, /a document of another kind came/, () => {
    return rewritten((text) => `<!DOCTYPE x [<!ENTITY y "${"z".repeat(99)}">]>${text}`);
  }),
  final("no token for what is left", ProtocolError, /nothing to ask for it with/, () => {
    return rewritten((text) =>
      text.replace(/<NextContinuationToken>.*<\/NextContinuationToken>/, "")
        .replace("<IsTruncated>false", "<IsTruncated>true")
    );
  }),
  {
    ...final("the same token again", ProtocolError, /goes in circles/, () => {
      return rewritten((text) =>
        text.replace(
          /<NextContinuationToken>.*<\/NextContinuationToken>/,
          "<NextContinuationToken>+/YS8yLmRjbQ==</NextContinuationToken>",
        )
      );
    }),
    // The first page has this token anyway.
    passes: true,
  },
  {
    name: "the same page with tokens without end",
    fault: () => (exchange) =>
      faults.status(200, {
        headers: xml,
        body: `<ListBucketResult><IsTruncated>true</IsTruncated>${newToken()}` +
          "<Contents><Key>a/1.dcm</Key></Contents></ListBucketResult>",
      })(exchange),
    passes: null,
    error: { type: ProtocolError, says: /goes in circles/ },
  },
  {
    name: "objects that are told twice",
    fault: () => rewritten((text) => text.replace(/<Contents>.*?<\/Contents>/, "$&$&")),
    passes: true,
    error: null,
  },
];

const webFaults: readonly ListingFault[] = [
  ...common,
  final("words", ProtocolError, /lists no files/, () => page("Just words.", "text/plain")),
  final("a page that lists nothing", ProtocolError, /lists no files/, () => {
    return page("<!doctype html><html><div id=app>Secretus^Nemo</div></html>");
  }),
  final("a page of links elsewhere", ProtocolError, /lists no files/, () => {
    return page('<html><a href="https://example.org/log-in?to=/a/">Log in</a></html>');
  }),
  final("malformed JSON", ProtocolError, /malformed JSON/, () => {
    return page('[{"name": "1.dcm", "patient": Secretus^Nemo}]', "application/json");
  }),
  passing("JSON that is cut", noEnd, () => page('[{"name": "1.dcm"}, {"na', "application/json")),
  final("names out of the folder", ProtocolError, /which is not in its folder/, () => {
    return page('["../../etc/passwd?token=hush"]', "application/json");
  }),
  {
    ...final("a redirect to itself", ProtocolError, /redirects more than 3 times/, () => {
      return faults.status(302, { headers: { location: "?token=hush" } });
    }),
    passes: true,
  },
];

/** Lists through a proxy that misbehaves; answers the keys or the error. */
async function list(
  open: (url: string, time: VirtualTime) => Store,
  { fault }: ListingFault,
  times: number | undefined,
): Promise<string[] | SeriesPreviewError> {
  const objects = new Map(KEYS.map((key) => [key, new Uint8Array(9)]));
  const options: RangeServerOptions = { objects, maxKeys: 2 };
  await using server = startRangeServer(options);
  await using proxy = await FaultProxy.start(server.url);
  const time = new VirtualTime();
  proxy.misbehave({ fault: fault(time), times });
  try {
    const entries = await Array.fromAsync(open(proxy.url, time).list("a/"));
    return entries.map(({ key }) => key);
  } catch (error) {
    assertInstanceOf(error, SeriesPreviewError);
    assertEquals(error.address?.endsWith("/a/") || error.address?.endsWith("/a/b/"), true);
    assertTellsNoSecret(error);
    return error;
  } finally {
    assertLessOrEqual(time.passed, DEADLINE);
    assertEquals(time.timers.pending, 0);
  }
}

const credentials = { accessKeyId: "ada", secretAccessKey: "hunter2" };
const stores = [
  {
    kind: "bucket",
    faults: bucketFaults,
    open: (endpoint: string, time: VirtualTime) =>
      new S3Store("idc-open-data", { endpoint, credentials, ...time.options }),
  },
  {
    kind: "web folder",
    faults: webFaults,
    open: (url: string, time: VirtualTime) =>
      new HttpStore(`${url.replace("//", "//ada:hunter2@")}/?token=hush`, time.options),
  },
];

for (const { kind, faults, open } of stores) {
  for (const each of faults) {
    const { name, passes, error } = each;
    const ends = error === null ? "is whole" : `ends with ${error.type.name}`;
    Deno.test(`a listing of a ${kind} that meets ${name} ${ends}${passes ? ", or is whole" : ""}`, async () => {
      const assertFailed = (outcome: string[] | SeriesPreviewError) => {
        assertInstanceOf(outcome, error!.type, `${outcome}`);
        assertMatch(outcome.message, error!.says);
      };
      if (passes) assertEquals(await list(open, each, 1), KEYS);
      else if (passes === false) assertFailed(await list(open, each, 1));
      const always = await list(open, each, undefined);
      if (error === null) assertEquals(always, KEYS);
      else assertFailed(always);
    });
  }
}
