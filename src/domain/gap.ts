/** Why a fact is unknown. A closed union: a new code must be explained below before the build passes. */
export type Gap =
  | { readonly code: 'ACCESS_DENIED'; readonly action: string }
  | { readonly code: 'ROLE_NOT_ASSUMED'; readonly role: string }
  | { readonly code: 'THROTTLED'; readonly action: string }
  | { readonly code: 'TIMED_OUT'; readonly action: string }
  | { readonly code: 'NOT_TRACKED'; readonly service: string }
  | { readonly code: 'NOT_IN_SNAPSHOT'; readonly operation: string }
  | { readonly code: 'UNPARSABLE'; readonly file: string; readonly place: string; readonly problem: string }
  | { readonly code: 'IMPLAUSIBLE_DATE'; readonly what: string; readonly date: string }
  | { readonly code: 'TASK_FAILED'; readonly error: string }
  | { readonly code: 'NO_RESULT' }
  | { readonly code: 'NOT_IMPLEMENTED'; readonly feature: string }
  | { readonly code: 'UNEXPECTED'; readonly name: string };

export type GapCode = Gap['code'];

/** What happened, in words for a report. */
export function explainGap(gap: Gap): string {
  switch (gap.code) {
    case 'ACCESS_DENIED':
      return `the reader role may not call ${gap.action}`;
    case 'ROLE_NOT_ASSUMED':
      return `the role ${gap.role} could not be assumed`;
    case 'THROTTLED':
      return `${gap.action} was throttled until we gave up`;
    case 'TIMED_OUT':
      return `${gap.action} did not answer in time`;
    case 'NOT_TRACKED':
      return `AWS records no last use for ${gap.service}`;
    case 'NOT_IN_SNAPSHOT':
      return `the snapshot holds no answer of ${gap.operation}`;
    case 'UNPARSABLE':
      return `${gap.file}: ${gap.place}: ${gap.problem}`;
    case 'IMPLAUSIBLE_DATE':
      return `${gap.what} is dated ${gap.date}, later than it can be`;
    case 'TASK_FAILED':
      return `the task failed with ${gap.error}`;
    case 'NO_RESULT':
      return 'no result was written for this account';
    case 'NOT_IMPLEMENTED':
      return `${gap.feature} is not built yet`;
    case 'UNEXPECTED':
      return `AWS answered \`${gap.name}\`, which Assay does not know`;
  }
}

/** What a person can do about it, in one sentence. */
export function remedyOf(gap: Gap): string {
  switch (gap.code) {
    case 'ACCESS_DENIED':
      return `allow ${gap.action} in the reader role's policy, and look for an SCP that denies it`;
    case 'ROLE_NOT_ASSUMED':
      return 'create the reader role in this account and let it trust the account Assay runs in';
    case 'THROTTLED':
    case 'TIMED_OUT':
      return 'run again at a quieter hour';
    case 'NOT_IN_SNAPSHOT':
      return `add the output of ${gap.operation} to the snapshot: docs/snapshots.md says under which name`;
    case 'UNPARSABLE':
      return 'correct the document or export it again';
    case 'IMPLAUSIBLE_DATE':
      return 'check the clock given with --clock against the date of the input';
    case 'NOT_TRACKED':
    case 'NOT_IMPLEMENTED':
      return 'nothing: the figure counts it as unknown';
    case 'TASK_FAILED':
    case 'NO_RESULT':
    case 'UNEXPECTED':
      return "read the run's log and report it with the transcript";
  }
}

/** Gaps that may be gone a little later: the workflow asks once more (design §1). */
export function isPassing(gap: Gap): boolean {
  return gap.code === 'THROTTLED' || gap.code === 'TIMED_OUT';
}

/** What this version does not build yet: named everywhere, it hides nothing an account could answer and does not make a night end 2 (design §6). */
export const isNotBuilt = ({ code }: { readonly code: string }): boolean => code === 'NOT_IMPLEMENTED';

/** AWS (or its recording) refused to answer: the only error a collector may meet. `error` is AWS's own, as a transcript keeps it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly gap: Gap;
  readonly error: { readonly name: string; readonly message: string } | undefined;
  constructor(gap: Gap, error?: { readonly name: string; readonly message: string }) {
    super(explainGap(gap));
    this.gap = gap;
    this.error = error;
  }
}
