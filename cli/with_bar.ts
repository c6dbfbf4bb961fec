import type { Console } from "./console.ts";
import { ProgressBar } from "./progress_bar.ts";

/** Reports how much is done. */
export type ReportProgress = (done: number, total: number) => void;

/** Runs a step with a bar of its progress, where the user sees one. */
export async function withBar<T>(
  console: Console,
  label: string,
  step: (onProgress: ReportProgress) => Promise<T>,
): Promise<T> {
  if (!console.showsProgress) return await step(() => {});
  const bar = new ProgressBar(label);
  try {
    return await step((done, total) => bar.update(done, total));
  } finally {
    await bar.stop();
  }
}
