import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import * as errors from "../../../errors.ts";
import { fromErrorParts, toErrorParts } from "../../../series_index/workers/error_parts.ts";

/** Sends an error as it goes from thread to thread. */
function send(error: unknown): Error {
  return fromErrorParts(structuredClone(toErrorParts(error)));
}

/** One of each class, with all that it can carry. */
const options = {
  address: "s3://bucket/a.dcm",
  range: "bytes=0-9",
  attempts: 3,
  failed: [{ url: "s3://bucket/b.dcm", error: "cut" }],
};
const samples: errors.SeriesPreviewError[] = Object.values(errors).map((Made) => {
  if (Made === errors.UnsupportedTransferSyntaxError) return new Made("no codec", "1.2.3", options);
  if (Made === errors.AmbiguousSeriesError) return new Made("several", ["a", "b"], options);
  const Other = Made as typeof errors.NetworkError;
  return new Other("went wrong", { ...options, status: 503 });
});

Deno.test("Every class of error comes out of a thread as itself, with all that it tells", () => {
  assert(samples.length > 15);
  for (const error of samples) {
    const sent = send(error);
    assertInstanceOf(sent, error.constructor as typeof Error);
    assertEquals(sent.constructor, error.constructor);
    assertEquals([sent.name, sent.message], [error.name, error.message]);
    assertEquals({ ...sent }, { ...error });
    assertEquals(sent.stack, error.stack);
  }
});

Deno.test("What caused an error comes with it, and is of its class, too", () => {
  const range = new RangeError("Invalid typed array length: -1");
  const limit = new errors.LimitError("too large", { cause: range });
  const sent = send(new errors.DecodeError("broken", { cause: limit }));
  assertInstanceOf(sent.cause, errors.LimitError);
  const { cause } = sent.cause;
  assertInstanceOf(cause, Error);
  assertEquals([cause.name, cause.message], [range.name, range.message]);
});

Deno.test("What is thrown and is no error becomes one", () => {
  assertEquals(send("3221225472").message, "3221225472");
});
