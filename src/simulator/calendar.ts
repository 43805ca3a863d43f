const day = 86_400_000;

/** Moments told from a clock in days, as the SDK's dates print. */
export interface Calendar {
  readonly clock: string;
  before(days: number): string;
  after(days: number): string;
}

export function calendarOf(clock: string): Calendar {
  const now = Date.parse(clock);
  const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();
  return { clock, before: (days) => moment(now - days * day), after: (days) => moment(now + days * day) };
}
