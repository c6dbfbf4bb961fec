/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3), a number of seconds or a
 * date, as the milliseconds still to wait; null when absent or unreadable.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Only a date that starts with a day's name: Date.parse also makes dates of "5 apples".
  if (!/^[A-Z][a-z]+,? /.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
