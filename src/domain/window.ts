const minute = 60_000;
const day = 86_400_000;

/** The days in which use counts, ending at the clock. */
export interface Window {
  readonly clock: string;
  readonly days: number;
}

export type Placed = 'inside' | 'before' | 'implausible';

/** First moment of the window, ISO. */
export function windowStart({ clock, days }: Window): string {
  return new Date(Date.parse(clock) - days * day).toISOString().replace('.000Z', 'Z');
}

/**
 * Places a last-use date. Later than the clock still counts as inside up to the moment its call was made plus 5 minutes, or
 * plus 24 hours where nobody noted that moment; later still is a fault of the data (design §3).
 */
export function placeLastUse(date: string, window: Window, askedAt: string | null): Placed {
  const when = Date.parse(date);
  const clock = Date.parse(window.clock);
  const grace = askedAt === null ? clock + day : Math.max(clock, Date.parse(askedAt) + 5 * minute);
  if (Number.isNaN(when) || when > grace) return 'implausible';
  return when >= clock - window.days * day ? 'inside' : 'before';
}

/** Places a creation date: it has no grace, because nothing can have been created after the clock (design §3). */
export function placeCreation(date: string, window: Window): Placed {
  const when = Date.parse(date);
  const clock = Date.parse(window.clock);
  if (Number.isNaN(when) || when > clock) return 'implausible';
  return when >= clock - window.days * day ? 'inside' : 'before';
}

/** Whether an expiry lies before the clock; at the very moment a key still counts as live, the cautious reading. */
export function hasExpired(expires: string | null, clock: string): boolean {
  return expires !== null && Date.parse(expires) < Date.parse(clock);
}
