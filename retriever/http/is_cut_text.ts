/**
 * Whether a page or listing shows by itself that its end is missing: a body
 * that is told by the end of its connection, or that a proxy kept a part of,
 * looks whole to HTTP. Texts that say nothing of their end are taken as whole.
 */
export function isCutText(text: string): boolean {
  const start = text.trimStart().charAt(0);
  if (start === "{" || start === "[") {
    return text.trimEnd().at(-1) !== (start === "{" ? "}" : "]");
  }
  if (start !== "<") return false;
  // The element that the whole document is, behind what may stand before it.
  const root = /^(?:\s|<\?[^>]*>|<!(?!--)[^>]*>)*<(html|\w*Result|Error)[\s>]/i.exec(text)?.[1];
  if (root === undefined) return false;
  return !new RegExp(`</${root}\\s*>`, "i").test(text);
}
