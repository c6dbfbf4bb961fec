import { ProtocolError } from "../../errors.ts";
import { describeReply } from "./describe_reply.ts";
import { errorContext, type HttpTry, type PreparedRequest } from "./http_request.ts";
import { networkZone } from "./network_zone.ts";

/**
 * The request that a redirect asks for, or null when the reply is none.
 * Credentials do not go along to another origin, and nothing goes from the
 * public into a private network, or to addresses of the link.
 *
 * @throws {ProtocolError} It leads to something that is no http or https address, or that the
 * server it comes from should know nothing of.
 */
export function followRedirect(
  response: Response,
  { url, headers }: PreparedRequest,
  request: HttpTry,
): PreparedRequest | null {
  const location = response.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null;
  const refuse = (where: string): ProtocolError =>
    new ProtocolError(`${request.address} redirects to ${where}`, {
      ...errorContext(request),
      cause: describeReply(response),
    });
  if (!URL.canParse(location, url)) throw refuse("something that is no address");
  const next = new URL(location, url);
  if (next.protocol !== "http:" && next.protocol !== "https:") {
    throw refuse(`a ${next.protocol} address; only http and https are followed`);
  }
  next.hash = "";
  next.username = "";
  next.password = "";
  if (next.origin === url.origin) return { url: next, headers };
  const zone = networkZone(next.hostname);
  if (zone === "link" || (zone === "private" && networkZone(url.hostname) === "public")) {
    throw refuse(
      `${next.host}, an address of a ${zone === "link" ? "link" : "private network"} ` +
        "that no server may lead to; give that address itself if it is meant",
    );
  }
  const kept = [...headers].filter(([name]) =>
    name !== "authorization" && name !== "cookie" && !name.startsWith("x-amz-")
  );
  return { url: next, headers: new Headers(kept) };
}
