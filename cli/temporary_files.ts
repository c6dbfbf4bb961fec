const paths = new Set<string>();

/** Files and folders that are removed even if the call is stopped while they are written. */
export const temporaryFiles = {
  /** Takes a file, or a folder, in charge. */
  add(path: string): void {
    paths.add(path);
  },

  /** Leaves a file to itself: it is removed, or has become what it was to be. */
  delete(path: string): void {
    paths.delete(path);
  },

  /** Removes all files in charge, at once. */
  removeAll(): void {
    for (const path of paths) {
      try {
        Deno.removeSync(path, { recursive: true });
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
      paths.delete(path);
    }
  },
};
