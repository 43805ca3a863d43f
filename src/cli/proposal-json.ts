import { explainGap } from '../domain/gap.ts';
import type { Window } from '../domain/window.ts';
import { type Fate, fates } from '../least-privilege/proof.ts';
import type { NotProposed, Proposal } from '../least-privilege/propose.ts';
import type { Unmeasured } from '../least-privilege/usage.ts';

/** Of one identity: what was asked, and what came of it. */
export interface Told {
  readonly account: string;
  readonly source: string;
  readonly window: Window;
  readonly proposal: Proposal | NotProposed;
  /** What holds for the whole account. */
  readonly notes: readonly string[];
}

const camel: Readonly<Record<Fate, string>> = {
  removed: 'removed',
  'kept-used': 'keptUsed',
  'kept-untrackable': 'keptUntrackable',
  'kept-not-measured': 'keptNotMeasured',
};

/** A value for each fate, under its name in JSON. */
export const byFate = <T>(value: (fate: Fate) => T): Record<string, T> =>
  Object.fromEntries(fates.map((fate) => [camel[fate], value(fate)]));

export const isProposed = (proposal: Proposal | NotProposed): proposal is Proposal => !('unread' in proposal);

/** Why nothing was taken away, in words. */
export function unmeasuredText(unmeasured: Unmeasured): string {
  if (unmeasured.why === 'too-new')
    return 'it was made inside the window, so that what it has not used it may yet need';
  if (unmeasured.why === 'creation-unknown') return 'when it was made is not known, so that it may be too new to judge';
  const why = unmeasured.gap === null ? 'nobody asked AWS for it' : explainGap(unmeasured.gap);
  return `its last-accessed report was not read: ${why}`;
}

/** Counts of today's grants by what becomes of them. */
export function countsOf({ proof }: Proposal): Record<string, number> {
  const granted = fates.reduce((sum, fate) => sum + proof.diff[fate].length, 0);
  return { granted, ...byFate((fate) => proof.diff[fate].length) };
}

/** Everything of one identity, as one object. */
export function proposalJson({ account, source, window, proposal, notes }: Told): object {
  const head = { principal: proposal.arn, account, source, window };
  if (!isProposed(proposal)) return { ...head, unread: proposal.unread, policies: [], notes };
  const { proof, policies, replaces, unmeasured, levels, spelledOut, shortened, misfits } = proposal;
  const { asked, nominal, effective, requests } = proof;
  return {
    ...head,
    unread: null,
    measured: unmeasured === null,
    nothingRemovedBecause: unmeasured === null ? null : { ...unmeasured, text: unmeasuredText(unmeasured) },
    counts: countsOf(proposal),
    policies: policies.map(({ document, size, from }) => ({
      size,
      document,
      statements: document.Statement.map(({ Sid = null }, at) => ({ sid: Sid, from: from[at] ?? [] })),
    })),
    fits: misfits.length === 0,
    misfits,
    shortened,
    replaces,
    levels,
    spelledOut,
    diff: byFate((fate) => proof.diff[fate]),
    evaluation: { asked, nominal, effective, requestsThatStillPass: requests },
    notes,
  };
}
