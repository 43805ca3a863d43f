/** The streams a command writes to: results on `out`, progress and complaints on `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal that can redraw a line. */
  readonly live: boolean;
  /** Resolves when the person wants to stop (Ctrl-C). */
  readonly stop?: Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A wrong command line or input: one clear line and exit 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
