import { ProtocolError } from "../../errors.ts";
import type { PreparedRequest } from "./http_request.ts";

/**
 * The request that a redirect asks for, or null when the reply is none.
 * Credentials do not go along to another origin.
 *
 * @throws {ProtocolError} It leads to something that is no http or https address.
 */
export function followRedirect(
  response: Response,
  { url, headers }: PreparedRequest,
  address: string,
): PreparedRequest | null {
  const location = response.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null;
  if (!URL.canParse(location, url)) {
    throw new ProtocolError(`${address} redirects to something that is no address`, { address });
  }
  const next = new URL(location, url);
  if (next.protocol !== "http:" && next.protocol !== "https:") {
    throw new ProtocolError(
      `${address} redirects to a ${next.protocol} address; only http and https are followed`,
      { address },
    );
  }
  next.hash = "";
  next.username = "";
  next.password = "";
  if (next.origin === url.origin) return { url: next, headers };
  const kept = [...headers].filter(([name]) =>
    name !== "authorization" && name !== "cookie" && !name.startsWith("x-amz-")
  );
  return { url: next, headers: new Headers(kept) };
}
