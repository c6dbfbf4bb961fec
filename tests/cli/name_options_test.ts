import { assertEquals } from "@std/assert";
import { commands } from "../../cli/commands.ts";
import { nameOptions } from "../../cli/name_options.ts";

const options = commands.flatMap((command) => command.options);

const messages: readonly (readonly [said: string, shown: string])[] = [
  ["start is 2; it must be from 0 to 1", "--start is 2; it must be from 0 to 1"],
  [
    "slice-offset is 5; from slice 0 of 3 it must be from 0 to 2",
    "--slice-offset is 5; from slice 0 of 3 it must be from 0 to 2",
  ],
  ["stack is 5; the series has 0 to 3", "--stack is 5; the series has 0 to 3"],
  ["stack is 5; the series has only stack 0", "--stack is 5; the series has only stack 0"],
  [
    "location is 5, but no slice tells where it lies; choose by position, 0 to 1",
    "--location is 5, but no slice tells where it lies; choose by --position, 0 to 1",
  ],
  [
    "position chooses one slice, and samples, start and end several",
    "--position chooses one slice, and --samples, --start and --end several",
  ],
  // No option's name stands first: they may be just words.
  ["the end of the series is near", "the end of the series is near"],
  ["3 samples do not fit in 2 columns", "3 samples do not fit in 2 columns"],
  ["slice is 5", "slice is 5"],
];

for (const [said, shown] of messages) {
  Deno.test(`the command line says: ${shown}`, () => {
    assertEquals(nameOptions(said, options), shown);
  });
}
