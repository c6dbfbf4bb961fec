/** What a call takes that may find fault with an instance. */
export interface AddressOptions {
  /** The instance's address, for errors. */
  readonly address?: string | undefined;
}
