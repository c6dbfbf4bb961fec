import { assertEquals } from "@std/assert";
import { commandLoaders } from "../../cli/command_loaders.ts";
import { commands } from "../../cli/commands.ts";
import { loadCommand } from "../../cli/load_command.ts";

Deno.test("every command can be loaded, and nothing else", async () => {
  assertEquals(Object.keys(commandLoaders).sort(), commands.map(({ name }) => name).sort());
  for (const command of commands) assertEquals(typeof await loadCommand(command), "function");
});
