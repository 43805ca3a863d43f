/** Where an exception stands: it covers no finding any more; none tonight; it covers some, and ends within 30 days; or later. */
export const exceptionStatuses = ['expired', 'unused', 'expiring-soon', 'active'] as const;

const day = 86_400_000;

/** Days before its end in which an exception is told to end soon. */
export const soonDays = 30;

/**
 * A finding that somebody decided to live with, for a time: who asked for it, why, who agreed, and until when. It covers a finding when every
 * list that is given matches it; of one list any value does (docs/exceptions.md). It changes no status.
 */
export interface Exception {
  readonly id: string;
  /** Ids of controls. */
  readonly controls: readonly string[];
  /** Ids of accounts; absent = any, and the organisation's own findings. */
  readonly accounts?: readonly string[] | undefined;
  /** Resources as findings name them, with `*` for any run of characters and `?` for any one; absent = any. */
  readonly resources?: readonly string[] | undefined;
  readonly owner: string;
  readonly reason: string;
  readonly approver: string;
  /** The last day on which it holds, UTC: `2026-12-31`. */
  readonly expires: string;
}

/** The first moment at which an exception holds no more, in milliseconds: the end of its last day, UTC. */
const endOf = ({ expires }: Pick<Exception, 'expires'>): number => Date.parse(`${expires}T00:00:00Z`) + day;

/** Whether it covers nothing any more at the night's clock. */
export const isExpired = (exception: Pick<Exception, 'expires'>, clock: string): boolean =>
  Date.parse(clock) >= endOf(exception);

/** Whether it holds, and ends within 30 days of the night's clock. */
export const endsSoon = (exception: Pick<Exception, 'expires'>, clock: string): boolean =>
  !isExpired(exception, clock) && endOf(exception) - Date.parse(clock) <= soonDays * day;
