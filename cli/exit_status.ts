/** The exit statuses of the tool. */
export const ExitStatus = {
  /** Done. */
  done: 0,
  /** What the world refuses: a source or folder that is missing, no image, all failed. */
  refused: 1,
  /** What is wrong in the words themselves. */
  usage: 2,
  /** Done, but some instances failed. */
  partial: 3,
} as const;
