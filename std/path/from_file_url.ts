/**
 * The path that a file URL stands for.
 *
 * @throws {TypeError} If it is not a file URL, or no URL at all.
 */
export function fromFileUrl(url: string | URL): string {
  const { protocol, pathname } = new URL(url);
  if (protocol !== "file:") {
    throw new TypeError(`URL must be a file URL: received "${protocol}"`);
  }
  // A per cent sign that begins no escape stands for itself.
  return decodeURIComponent(pathname.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
}
