import { AccessDeniedError, NotFoundError, SeriesPreviewError } from "../errors.ts";

/** Words the error that an operation on a file or folder failed with. */
export function localError(cause: unknown, path: string, address: string): unknown {
  const options = { address, cause };
  if (cause instanceof SeriesPreviewError || !(cause instanceof Error)) return cause;
  if (cause instanceof Deno.errors.NotCapable) {
    return new AccessDeniedError(
      `no permission to read ${path}; run again with --allow-read=${path}`,
      options,
    );
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return new AccessDeniedError(`no access to ${path}; check who may read it`, options);
  }
  if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
    return new NotFoundError(`nothing at ${path}; check the path`, options);
  }
  // Errors of the system have a code, or a class of their own; anything else is a mistake of ours.
  const isOfSystem = "code" in cause || cause.name in Deno.errors;
  return isOfSystem
    ? new SeriesPreviewError(`cannot read ${path}: ${cause.message}`, options)
    : cause;
}
