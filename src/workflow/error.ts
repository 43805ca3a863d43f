/** Why a definition cannot be run here; `DEFINITION` covers invalid ASL and ASL outside the subset alike. */
export type WorkflowErrorCode = 'UNKNOWN_SUBSTITUTION' | 'NOT_JSON' | 'DEFINITION';

/** A definition that the local runner refuses, with every problem found and not only the first. */
export class WorkflowError extends Error {
  readonly code: WorkflowErrorCode;
  readonly problems: readonly string[];

  constructor(code: WorkflowErrorCode, problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'WorkflowError';
    this.code = code;
    this.problems = problems;
  }
}

/** An ASL error on its way from a state to Retry, Catch or the outcome; it never leaves the runner as an exception. */
export class StateFailure extends Error {
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.name = 'StateFailure';
    this.error = error;
    this.cause = cause;
  }
}

/** The failure a state reported; anything else thrown is a bug and passes on, so that no Catch can hide it. */
export function asStateFailure(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  throw thrown;
}

/** The text of whatever was thrown. JSONata throws plain objects with a message. */
export function messageOf(thrown: unknown): string {
  const { message } = Object(thrown) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(thrown);
}
