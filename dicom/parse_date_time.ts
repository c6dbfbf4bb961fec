/**
 * Reads a DT value, or a DA and a TM value put together, as seconds since 1970 (PS3.5 section 6.2).
 *
 * The offset from UTC is left aside: what is compared is of one series, and so of one clock.
 *
 * @returns The seconds, to the microsecond; undefined for what is no date and time.
 */
export function parseDateTime(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d{1,6})?/.exec(text);
  if (match === null) return undefined;
  const [year, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(
    (part) => part === undefined ? undefined : Number(part),
  );
  return Date.UTC(year!, month - 1, day, hours, minutes, seconds) / 1000 + Number(match[7] ?? 0);
}
