/** What became of one of several reads: a value, or the error that names why there is none. */
export type Outcome<T> =
  | { readonly url: string; readonly value: T; readonly error?: undefined }
  | { readonly url: string; readonly value?: undefined; readonly error: Error };
