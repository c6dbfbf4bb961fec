import type { Console } from "./console.ts";

/** Reports how much is done. */
export type ReportProgress = (done: number, total: number) => void;

/** Runs a step with a bar of its progress, where the user sees one. */
export async function withBar<T>(
  console: Console,
  label: string,
  step: (onProgress: ReportProgress) => Promise<T>,
): Promise<T> {
  const progress = console.watch(label);
  try {
    return await step((done, total) => progress.update(done, total));
  } finally {
    await progress.stop();
  }
}
