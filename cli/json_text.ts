/** Characters that JSON may hold as they are, but terminals act on. */
const unsafe = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Writes a value as JSON that is safe on a terminal, too.
 *
 * Integers beyond 2^53 are text, since most readers would round them, and so are the numbers that
 * JSON has not: `NaN`, `inf`, `-inf`. Keys that are tags of eight hex digits come last; engines
 * would put those first that look like integers. Lists of plain values stay on one line.
 *
 * @param indent Spaces a level; 0 for one line.
 */
export function jsonText(value: unknown, indent: number = 0): string {
  return write(value, indent, "");
}

function write(value: unknown, indent: number, margin: string): string {
  if (value === null || typeof value !== "object") return writeScalar(value);
  const inner = margin + " ".repeat(indent);
  if (Array.isArray(value)) {
    if (!value.some((item) => item !== null && typeof item === "object")) {
      return `[${value.map(writeScalar).join(indent === 0 ? "," : ", ")}]`;
    }
    return enclose("[", value.map((item) => write(item, indent, inner)), "]", inner, margin);
  }
  const colon = indent === 0 ? ":" : ": ";
  const members = tagsLast(Object.entries(value))
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${writeText(key)}${colon}${write(member, indent, inner)}`);
  return enclose("{", members, "}", inner, margin);
}

function enclose(
  open: string,
  parts: readonly string[],
  close: string,
  inner: string,
  margin: string,
): string {
  if (parts.length === 0) return open + close;
  if (inner === margin) return open + parts.join(",") + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

function tagsLast(entries: [string, unknown][]): [string, unknown][] {
  const isTag = ([key]: [string, unknown]) => /^[0-9A-F]{8}(_|$)/.test(key);
  return entries.some(isTag)
    ? [...entries.filter((entry) => !isTag(entry)), ...entries.filter(isTag)]
    : entries;
}

function writeScalar(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `"${value}"`;
    case "number":
      if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
      return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"inf"' : '"-inf"';
    case "boolean":
      return String(value);
    case "string":
      return writeText(value);
    default:
      return "null";
  }
}

function writeText(text: string): string {
  return JSON.stringify(text).replace(unsafe, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
