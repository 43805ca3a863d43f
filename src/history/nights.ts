import type { Seal } from '../domain/seal.ts';

/** What of a seal decides whether its night belongs to a history. */
export type SealedRun = Pick<Seal, 'kind' | 'run' | 'seq' | 'clock' | 'scopeDigest' | 'failure'>;

/** A night without figures, and why. */
export interface Absence {
  readonly dt: string;
  readonly run: string;
  readonly why: string;
}

/** The nights of one scope, oldest first, and the dates on which nights were begun and none has figures. */
export interface SelectedNights<Of extends SealedRun> {
  readonly nights: readonly Of[];
  readonly failed: readonly Absence[];
}

/** Which nights of a chain are asked for. */
export interface Asked {
  /** The digest of what the nights cover: others cannot be compared. */
  readonly scopeDigest: string;
  /** Only dates before this one, where it is given. */
  readonly before?: string;
  /** Only dates from this one on, where it is given. */
  readonly from?: string;
  /** Only seals with a smaller number, where it is given: what was there when that seal was made. */
  readonly belowSeq?: number;
}

/**
 * Nights of one scope out of the seals of an archive: of each date (UTC, of the clock) the last sealed that did not fail (design §1). A
 * date with failed nights alone is named with the cause of its last.
 */
export function selectNights<Of extends SealedRun>(seals: Iterable<Of>, asked: Asked): SelectedNights<Of> {
  const nights = new Map<string, Of>();
  const failed = new Map<string, Of>();
  for (const seal of seals) {
    if (!isAsked(seal, asked)) continue;
    const byDate = seal.kind === 'failed' ? failed : nights;
    const dt = dateOf(seal);
    if (seal.seq > (byDate.get(dt)?.seq ?? 0)) byDate.set(dt, seal);
  }
  return {
    nights: inOrder(nights).map(([, seal]) => seal),
    failed: inOrder(failed)
      .filter(([dt]) => !nights.has(dt))
      .map(([dt, { run, failure }]) => ({ dt, run, why: failureWords(failure) })),
  };
}

function isAsked(seal: SealedRun, { scopeDigest, before, from, belowSeq }: Asked): boolean {
  const dt = dateOf(seal);
  return (
    (seal.kind === 'night' || seal.kind === 'failed') &&
    seal.scopeDigest === scopeDigest &&
    (before === undefined || dt < before) &&
    (from === undefined || dt >= from) &&
    (belowSeq === undefined || seal.seq < belowSeq)
  );
}

const dateOf = ({ clock }: SealedRun): string => clock.slice(0, 10);

const inOrder = <Of>(byDate: ReadonlyMap<string, Of>): [string, Of][] =>
  [...byDate].sort(([a], [b]) => (a < b ? -1 : 1));

const failureWords = (failure: SealedRun['failure']): string =>
  failure === null ? 'the night failed' : `the night failed: ${failure.cause === '' ? failure.error : failure.cause}`;
