/** An option of a command, as parsing, help, completions and the reference know it. */
export interface CliOption {
  /** The long name, without dashes. */
  readonly name: string;
  /** The letter of the short form. */
  readonly short?: string;
  /** What its value is; a flag has none. */
  readonly type: "text" | "number" | "integer" | "flag";
  /** What stands for the value in the help, as in `N`; shells complete it by that, too. */
  readonly value?: string;
  /** Words that it takes, to choose from; it may take others, too. */
  readonly choices?: readonly string[];
  /** What it does, in a few words. */
  readonly help: string;
}

/** The values of options by long name; absent where not given. */
export interface OptionValues {
  readonly text: (name: string) => string | undefined;
  /** All values of an option that may be given several times. */
  readonly texts: (name: string) => readonly string[];
  readonly number: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean;
}
