/** A line of a plot: what it shows, and its points. */
export interface PlotLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What a plot shows. */
export interface Plot {
  readonly title: string;
  /** What is along the axes, with units. */
  readonly x: string;
  readonly y: string;
  readonly lines: readonly PlotLine[];
}

const size = { width: 640, height: 400 };
const frame = { left: 70, right: 620, top: 40, bottom: 330 };
const colors = ["#0b62a4", "#c8501e", "#3d8c40", "#7a4ba0", "#8a6d1a", "#555555"];
const dashes = ["", "6 3", "2 3", "8 3 2 3", "1 2", "12 4"];

/**
 * Draws lines over two logarithmic axes as SVG, where growth in proportion is a slope of one and what
 * does not grow is level.
 *
 * @throws {RangeError} When there is no point, or one that is not positive.
 */
export function plotLines({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap(({ points }) => points);
  if (points.length === 0 || points.some((point) => point.some((value) => !(value > 0)))) {
    throw new RangeError(`"${title}" has no points to plot, or some that are not positive`);
  }
  const across = axis(points.map(([x]) => x), frame.left, frame.right);
  const up = axis(points.map(([, y]) => y), frame.bottom, frame.top);
  const { width, height } = size;
  const middle = (frame.left + frame.right) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(middle, 22, title, `text-anchor="middle" font-size="14"`),
    ...across.ticks.map((tick) =>
      gridLine(across.at(tick), frame.top, across.at(tick), frame.bottom) +
      text(across.at(tick), frame.bottom + 16, label(tick), `text-anchor="middle"`)
    ),
    ...up.ticks.map((tick) =>
      gridLine(frame.left, up.at(tick), frame.right, up.at(tick)) +
      text(frame.left - 6, up.at(tick) + 4, label(tick), `text-anchor="end"`)
    ),
    text(middle, frame.bottom + 34, x, `text-anchor="middle"`),
    text(14, 30, y, ""),
    ...lines.flatMap(({ name, points }, i) => {
      const stroke = `stroke="${colors[i % colors.length]}" stroke-width="2" fill="none"`;
      const dash = dashes[i % dashes.length];
      const dashed = dash === "" ? stroke : `${stroke} stroke-dasharray="${dash}"`;
      const places = points.map(([x, y]) =>
        [across.at(x), up.at(y)].map(round) as [number, number]
      );
      const [column, row] = [i % 3, Math.floor(i / 3)];
      const legend = [frame.left + column * 185, height - 22 + row * 14] as const;
      return [
        `<polyline points="${places.map((place) => place.join(",")).join(" ")}" ${dashed}/>`,
        ...places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" ${stroke}/>`),
        `<path d="M${legend[0]} ${legend[1]}h24" ${dashed}/>`,
        text(legend[0] + 30, legend[1] + 4, name, ""),
      ];
    }),
    "</svg>\n",
  ].join("\n");
}

/** Where values lie along an axis, and the powers of ten that are written beside it. */
function axis(values: readonly number[], start: number, end: number) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
    at: (value: number) => start + (Math.log10(value) - low) / (high - low) * (end - start),
  };
}

function gridLine(x1: number, y1: number, x2: number, y2: number): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map(round);
  return `<path d="M${a} ${b}L${c} ${d}" stroke="#dddddd"/>`;
}

function text(x: number, y: number, words: string, style: string): string {
  return `<text x="${round(x)}" y="${round(y)}"${style && " "}${style}>${escape(words)}</text>`;
}

function label(tick: number): string {
  return tick >= 1 ? tick.toLocaleString("en-US") : String(Number(tick.toPrecision(1)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
