/** Above this many cells the table of a longest common subsequence costs more than it tells. */
const MAX_CELLS = 1_000_000;
/** Unchanged lines that stay visible on either side of a change. */
const CONTEXT = 10;
/** Lines shown at most. */
const MAX_LINES = 400;

interface Line {
  sign: " " | "+" | "-";
  text: string;
}

/**
 * Compares two texts line by line: `-` marks what only the actual one has, `+` what only the
 * expected one has. Long unchanged runs are folded, so that two differing pixel arrays fit on
 * a screen.
 */
export function diff(actual: string, expected: string): string {
  const lines = fold(compare(actual.split("\n"), expected.split("\n")));
  const shown = lines.slice(0, MAX_LINES);
  if (shown.length < lines.length) shown.push(`    ... ${lines.length - MAX_LINES} more lines`);
  return ["", "", "    [Diff] Actual / Expected", "", "", ...shown, ""].join("\n");
}

function compare(a: string[], b: string[]): Line[] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [
    ...a.slice(0, head).map((text): Line => ({ sign: " ", text })),
    ...compareMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map((text): Line => ({ sign: " ", text })),
  ];
}

/** Follows a longest common subsequence, or gives both whole where finding one is too dear. */
function compareMiddle(a: string[], b: string[]): Line[] {
  const width = b.length + 1;
  // common[i * width + j] is how many lines a[i..] and b[j..] share in order.
  const common = new Uint32Array(a.length * b.length > MAX_CELLS ? 0 : (a.length + 1) * width);
  const sharedFrom = (i: number, j: number) => common[i * width + j] ?? 0;
  if (common.length > 0) {
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i * width + j] = a[i] === b[j]
          ? sharedFrom(i + 1, j + 1) + 1
          : Math.max(sharedFrom(i + 1, j), sharedFrom(i, j + 1));
      }
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ sign: " ", text: left });
      [i, j] = [i + 1, j + 1];
    } else if (
      left !== undefined && (right === undefined || sharedFrom(i + 1, j) >= sharedFrom(i, j + 1))
    ) {
      lines.push({ sign: "-", text: left });
      i++;
    } else {
      lines.push({ sign: "+", text: right ?? "" });
      j++;
    }
  }
  return lines;
}

function fold(lines: Line[]): string[] {
  const shown: string[] = [];
  let index = 0;
  while (index < lines.length) {
    const start = index;
    while (index < lines.length && lines[index]?.sign === " ") index++;
    const run = lines.slice(start, index);
    const before = start === 0 ? 0 : CONTEXT;
    const after = index === lines.length ? 0 : CONTEXT;
    const hidden = run.length - before - after;
    // Folding fewer lines than this saves nothing worth the interruption.
    if (hidden > CONTEXT) {
      shown.push(...run.slice(0, before).map(print));
      shown.push(`    ... ${hidden} unchanged lines`);
      shown.push(...run.slice(run.length - after).map(print));
    } else {
      shown.push(...run.map(print));
    }
    while (index < lines.length && lines[index]?.sign !== " ") {
      const line = lines[index++];
      if (line) shown.push(print(line));
    }
  }
  return shown;
}

function print({ sign, text }: Line): string {
  return `${sign}   ${text}`;
}
