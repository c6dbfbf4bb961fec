/**
 * Breaks a line between words where a terminal would break it anywhere. The lines that follow are
 * indented by two spaces more; a word that fits no line, as a long address, is left to the terminal,
 * so that it can be copied whole.
 *
 * @param columns How many the terminal has; the last one stays free.
 */
export function wrapLine(line: string, columns: number): string {
  const [margin] = /^ */.exec(line)!;
  const indent = `${margin}  `;
  const width = columns - 1;
  let text = "";
  let column = 0;
  for (const word of line.slice(margin.length).split(" ")) {
    const length = [...word].length;
    if (text === "") {
      text = margin + word;
      column = margin.length + length;
    } else if (column + 1 + length > width && indent.length + length <= width) {
      text += `\n${indent}${word}`;
      column = indent.length + length;
    } else {
      text += ` ${word}`;
      column += 1 + length;
    }
    // The terminal has gone on in its next line.
    if (column > columns) column %= columns;
  }
  return text;
}
