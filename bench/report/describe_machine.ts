/** Describes the machine and the runtime that figures are of, in Markdown. */
export async function describeMachine(): Promise<string> {
  const { deno, v8, typescript } = Deno.version;
  const { total } = Deno.systemMemoryInfo();
  const cores = navigator.hardwareConcurrency;
  const day = new Date().toISOString().slice(0, 10);
  return [
    `- ${await processor()}, ${cores} core${cores === 1 ? "" : "s"}, ` +
    `${Math.round(total / 2 ** 30)} GiB of memory, ${Deno.build.target}`,
    `- Deno ${deno}, V8 ${v8}, TypeScript ${typescript}`,
    `- written on ${day}`,
    "",
  ].join("\n");
}

/** The processor's name, as Linux tells it. */
async function processor(): Promise<string> {
  try {
    const text = await Deno.readTextFile("/proc/cpuinfo");
    return /^model name\s*:\s*(.+)$/m.exec(text)?.[1] ?? Deno.build.arch;
  } catch (error) {
    // Others than Linux have no such file.
    if (error instanceof Deno.errors.NotFound) return Deno.build.arch;
    throw error;
  }
}
