/** Lets a reply's body go that nobody reads; one that is being read is its reader's to end. */
export function discardBody({ body }: Response): void {
  // A body that broke is gone as well, and what broke it is of no interest any more.
  if (body !== null && !body.locked) body.cancel().catch(() => {});
}
