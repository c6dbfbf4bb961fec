import { LimitError } from "../../errors.ts";
import { describeReply } from "./describe_reply.ts";
import { errorContext, type HttpTry } from "./http_request.ts";

/** Words the error of something that is longer than whole bodies are read, in bytes. */
export function tooLong(response: Response, request: HttpTry, limit: number): LimitError {
  return new LimitError(
    `what is at ${request.address} is longer than ${limit / 2 ** 20} MiB; check the address`,
    { ...errorContext(request), cause: describeReply(response) },
  );
}
