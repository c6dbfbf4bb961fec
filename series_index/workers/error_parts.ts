import * as errors from "../../errors.ts";

/** An error in parts that go from thread to thread, where its class would be lost. */
export interface ErrorParts {
  /** The class, by name. */
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** What it has beside, such as its address. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause: ErrorParts | null;
}

const classes = new Map<string, unknown>(Object.entries(errors));

/** Takes an error apart. */
export function toErrorParts(thrown: unknown): ErrorParts {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack, cause } = error;
  // Those of others may hold what cannot be cloned.
  const fields = error instanceof errors.SeriesPreviewError ? { ...error } : {};
  return { name, message, stack, fields, cause: cause === undefined ? null : toErrorParts(cause) };
}

/** Puts an error together again: of its class, where that is one of this package's. */
export function fromErrorParts({ name, message, stack, fields, cause }: ErrorParts): Error {
  const error = new Error(message, cause === null ? undefined : { cause: fromErrorParts(cause) });
  const own = classes.get(name) as typeof Error | undefined;
  if (own !== undefined) Object.setPrototypeOf(error, own.prototype);
  Object.assign(error, fields);
  // As an own property a name is listed with the fields, unless it is made as constructors make it.
  Object.defineProperty(error, "name", { value: name, writable: true, configurable: true });
  if (stack !== undefined) error.stack = stack;
  return error;
}
