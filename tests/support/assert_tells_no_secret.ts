import { assertEquals } from "@std/assert";

/** What tests put where no message may repeat it: names and passwords, tokens, patients. */
const SECRETS = /hunter2|\bada\b|hush|Secretus|Nemo|SECRET-4711/;

/** Makes sure that neither an error nor any of its causes tells a secret. */
export function assertTellsNoSecret(error: unknown): void {
  for (
    let each = error;
    each !== undefined;
    each = each instanceof Error ? each.cause : undefined
  ) {
    const { message, stack } = each instanceof Error ? each : new Error(String(each));
    const fields = JSON.stringify(
      each,
      (_key, value) => value instanceof Error ? undefined : value,
    );
    const told = `${message}\n${stack}\n${fields}`;
    assertEquals(SECRETS.exec(told)?.[0], undefined, told);
  }
}
