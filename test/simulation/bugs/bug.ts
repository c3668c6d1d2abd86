/** A change of one source file: this text, which stands there exactly once, becomes that. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A bug made on purpose, to see whether the simulation finds it. */
export interface Bug {
  readonly name: string;
  /** What is wrong, and how it would show in a city. */
  readonly why: string;
  readonly edits: readonly Edit[];
}

export const bug = (name: string, why: string, ...edits: Edit[]): Bug => ({ name, why, edits });

export const edit = (file: string, from: string, to: string): Edit => ({ file, from, to });
