import type { Invocation } from "./command.ts";
import { listIndices } from "./list_indices.ts";
import { listInstances } from "./list_instances.ts";
import { listRoot } from "./list_root.ts";

/** Runs `series-preview list [ROOT|SERIES]`. */
export async function runList(invocation: Invocation): Promise<number> {
  if (invocation.operands.length === 0) return await listIndices(invocation);
  return await listRoot(invocation) ?? await listInstances(invocation);
}
