/** What every assertion throws. */
export class AssertionError extends Error {
  /** Makes an error with the message a failed test shows. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}
