/** A part of the report that a command writes. */
export interface ReportBlock {
  /** The command, as it stands in the marker. */
  readonly command: string;
  /** What is between the markers now. */
  readonly content: string;
  /** Where that begins and ends in the report. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the parts of a report that commands write: between `<!-- run COMMAND -->` and `<!-- end -->`,
 * each on a line of its own.
 *
 * @throws {SyntaxError} When one does not end before the next begins.
 */
export function findBlocks(report: string): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  const marker = /^<!-- (?:run (?<command>.+)|end) -->\n/gm;
  let open: { readonly command: string; readonly start: number } | null = null;
  for (const { 0: { length }, index, groups } of report.matchAll(marker)) {
    const command = groups!.command;
    if ((command === undefined) === (open === null)) {
      throw new SyntaxError(
        open === null ? "an end without a run" : `"${open.command}" has no end before the next run`,
      );
    }
    if (command !== undefined) open = { command, start: index + length };
    else {
      blocks.push({ ...open!, content: report.slice(open!.start, index), end: index });
      open = null;
    }
  }
  if (open !== null) throw new SyntaxError(`"${open.command}" has no end`);
  return blocks;
}
