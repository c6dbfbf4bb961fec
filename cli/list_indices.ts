import { listKeptIndices } from "../series_index/list_kept_indices.ts";
import type { Invocation } from "./command.ts";
import { ExitStatus } from "./exit_status.ts";
import { jsonText } from "./json_text.ts";
import { requireCache } from "./require_cache.ts";
import { TableWriter } from "./table_writer.ts";

const columns = [
  { title: "series", isElastic: true },
  { title: "modality" },
  { title: "instances", isNumber: true },
  { title: "slices", isNumber: true },
  { title: "bytes", isNumber: true, spare: 1 },
  { title: "index", spare: 2 },
];

/** Lists the indices that are kept. */
export async function listIndices(invocation: Invocation): Promise<number> {
  const { command, options, environment, console } = invocation;
  const { cache, folder } = await requireCache(invocation);
  const table = options.flag("json") ? null : new TableWriter(columns, environment);
  const indices: Record<string, unknown>[] = [];
  for await (const { name, bytes, content } of listKeptIndices(cache)) {
    if (content === null) {
      console.warn(`the index ${name} cannot be read, and will be made anew when it is needed`);
    }
    const { address = null, modality = null, instances = null, slices = null } = content ?? {};
    indices.push({ series: address, modality, instances, slices, bytes, name });
    const isRead = await table?.add([address, modality, instances, slices, bytes, name]) ?? true;
    if (!isRead) break;
  }
  await table?.end(console);
  if (indices.length === 0) console.note(`no index is kept in ${folder}`);
  if (table === null) {
    const text = jsonText({ command, cache: folder, indices });
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
  }
  return ExitStatus.done;
}
