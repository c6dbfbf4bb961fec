/** The commands of a shell script, each as its words; comments and redirections left out. */
export function readShellCalls(script: string): string[][] {
  const calls: string[][] = [[]];
  const tokens = script.replaceAll("\\\n", " ").matchAll(
    /(?<comment>(?<=^|\s)#[^\n]*)|(?<end>\n|\|\|?|&&|;|<\(|\$\(|\))|(?<redirection>\d?>>?&?\s*\S+)|(?<word>(?:'[^']*'|"[^"]*"|[^\s'"|;()<>])+)/g,
  );
  for (const { groups } of tokens) {
    if (groups?.end !== undefined) calls.push([]);
    if (groups?.word === undefined) continue;
    calls.at(-1)!.push(groups.word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
  }
  return calls.filter((words) => words.length > 0);
}

/**
 * The words after the tool's name in a call of it: `series-preview …`, or Deno running `cli.ts` or
 * the package; null for a call of something else.
 */
export function wordsOfTool(call: readonly string[]): string[] | null {
  const at = call.findIndex((word) =>
    /(^|\/)(series-preview|cli\.ts)$|@dicom\/series-preview\/cli$/.test(word)
  );
  const isRun = at === 0 || call[0] === "time" || call.slice(0, at).includes("run");
  return at >= 0 && isRun ? call.slice(at + 1) : null;
}
