/** What a page tells of a web folder; names are relative to it. */
export interface HttpListing {
  readonly files: readonly { readonly name: string; readonly size: number | null }[];
  /** The folders in it, each ending in `/`. */
  readonly folders: readonly string[];
}
