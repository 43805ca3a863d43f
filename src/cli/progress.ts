import type { AccountStatus } from '../domain/tables.ts';
import type { WorkflowEvent } from '../workflow/surroundings.ts';
import type { Io } from './io.ts';

/** What a person reads while a state runs. */
const labels: Readonly<Record<string, string>> = {
  ClaimNight: 'claiming the run',
  DiscoverOrganization: 'discovering the organisation',
  MeasureAccounts: 'measuring accounts',
  MergeBatches: 'merging results',
  SelectNights: 'selecting the nights of the week',
  ComparePeriod: 'comparing them',
  RenderReports: 'rendering reports',
  SealNight: 'sealing the evidence',
  PublishNight: 'publishing',
  SealFailedNight: 'sealing a failed run',
};

export interface Progress {
  onEvent(event: WorkflowEvent): void;
  /** An account has its result. */
  onAccount(status: AccountStatus): void;
  end(): void;
}

/** What progress looks at besides the events. Times are seconds of a clock that does not run backwards. */
export interface Seen {
  readonly now: () => number;
  /** Calls made so far; null where nothing is asked of AWS. */
  readonly calls: () => number | null;
  /** Does something every second until told to stop. */
  readonly every: (what: () => void) => () => void;
}

/** Writes progress to `err`: one redrawn line on a terminal, one line per stage elsewhere. */
export function progressTo(io: Io, quiet: boolean, { now, calls, every }: Seen): Progress {
  if (quiet) return { onEvent: () => {}, onAccount: () => {}, end: () => {} };
  const counts: Partial<Record<AccountStatus, number>> = {};
  let [items, done, startedAt] = [0, 0, now()];
  let stop = (): void => {};
  const show = (text: string): void => io.err(io.live ? `\r\u001b[K${text}` : `${text}\n`);
  const measuring = (): string => accountsLine({ items, done, counts, calls: calls(), seconds: now() - startedAt });
  return {
    onEvent(event) {
      const label = labels[event.path];
      if (event.kind === 'state-entered' && label !== undefined) show(`… ${label}`);
      if (event.kind === 'map-started' && event.path === 'MeasureAccounts') {
        [items, startedAt] = [event.items, now()];
        if (io.live) stop = every(() => show(measuring()));
      }
      if (event.kind !== 'item-finished' || event.path !== 'MeasureAccounts') return;
      done += 1;
      if (done >= items) stop();
      if (io.live || done === items) show(measuring());
    },
    onAccount(status) {
      counts[status] = (counts[status] ?? 0) + 1;
    },
    end() {
      stop();
      if (io.live) io.err('\r\u001b[K');
    },
  };
}

interface Measuring {
  readonly items: number;
  readonly done: number;
  readonly counts: Partial<Record<AccountStatus, number>>;
  readonly calls: number | null;
  readonly seconds: number;
}

/** Accounts done, failed and left, and how long those left will take if they are like those done. */
export function accountsLine({ items, done, counts, calls, seconds }: Measuring): string {
  const left = items - done;
  const troubled = (['partial', 'failed'] as const).flatMap((status) => {
    const number = counts[status] ?? 0;
    return number === 0 ? [] : [`${number} ${status === 'partial' ? 'partly' : 'failed'}`];
  });
  const time = left === 0 || done === 0 ? [] : [`about ${spanText((seconds / done) * left)} left`];
  const parts = [
    `${done} of ${items}`,
    ...troubled,
    ...(left === 0 ? [] : [`${left} to go`]),
    ...time,
    ...(calls === null ? [] : [`${calls} calls`]),
  ];
  return `… measuring accounts ${parts.join(', ')}`;
}

/** A span of time as a person says it: `40 s`, `12 min`, `3 h 20 min`. */
export function spanText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
