import { describeAction } from '../catalogue/actions.ts';
import type { LastAccessedReport, RoleFact, UserFact } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import { placeCreation, type Window } from '../domain/window.ts';
import { usesOf } from '../judge/action-use.ts';
import { isListed } from './universe.ts';

/** Why a permission stays: it was used; AWS does not say; nothing was measured of it. */
export type Kept = 'used' | 'untrackable' | 'not-measured';

/** Why nothing of an identity was measured: then all of it stays. */
export type Unmeasured =
  | { readonly why: 'no-report'; readonly gap: Gap | null }
  | { readonly why: 'too-new' }
  | { readonly why: 'creation-unknown' };

/** What an identity used of its permissions. Only `unused` may be taken away. */
export interface Usage {
  readonly unmeasured: Unmeasured | null;
  /** Of one action, in any case. */
  of(action: string): Kept | 'unused';
  /** Of the actions of a service that nobody can name. */
  ofUnnamed(service: string): Kept | 'unused';
}

/**
 * Permissions that are asked for inside a call to another service, so that no call of their own service tells of their use: `iam:PassRole`,
 * by whatever starts something under a role (domain facts E.1). They go only where no service was used at all.
 */
export const usedInsideOtherCalls: ReadonlySet<string> = new Set(['iam:passrole']);

/**
 * The usage of an identity in the window, from its last-accessed report alone: an identity nobody used and nobody asked about is not
 * measured. `granted`: the services of its permissions, in lower case.
 */
export function usageOf(
  { created }: Pick<UserFact | RoleFact, 'created'>,
  report: Reading<LastAccessedReport> | undefined,
  granted: ReadonlySet<string>,
  window: Window,
): Usage {
  const unmeasured = unmeasuredOf(created, report, window);
  if (unmeasured !== null || report?.kind !== 'known')
    return { unmeasured, of: () => 'not-measured', ofUnnamed: () => 'not-measured' };
  const useOf = usesOf({ activity: 'unread' }, report, window); // of the report alone: what it does not tell is not known
  const told = (action: string): Kept | 'unused' => {
    const use = useOf(isListed(action) ? action : (describeAction(action)?.name ?? action.toLowerCase()));
    if (use === 'service-used' || use === 'not-tracked') return 'untrackable';
    return use === 'unread' ? 'not-measured' : use;
  };
  const ofUnnamed = (service: string): Kept | 'unused' => told(`${service.toLowerCase()}:*`);
  const idle = [...granted, ...report.value.services.map(({ namespace }) => namespace)].every(
    (service) => ofUnnamed(service) === 'unused',
  );
  return {
    unmeasured: null,
    of: remembered((action) => {
      const use = told(action);
      return use === 'unused' && !idle && usedInsideOtherCalls.has(action.toLowerCase()) ? 'untrackable' : use;
    }),
    ofUnnamed: remembered(ofUnnamed),
  };
}

/** Each answer found once: all of AWS is asked about several times. */
function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    let found = kept.get(text);
    if (found === undefined) {
      found = answer(text);
      kept.set(text, found);
    }
    return found;
  };
}

function unmeasuredOf(
  created: string | null,
  report: Reading<LastAccessedReport> | undefined,
  window: Window,
): Unmeasured | null {
  const age = created === null ? 'implausible' : placeCreation(created, window);
  if (age === 'inside') return { why: 'too-new' };
  if (age === 'implausible') return { why: 'creation-unknown' };
  if (report === undefined) return { why: 'no-report', gap: null };
  return report.kind === 'unknown' ? { why: 'no-report', gap: report.gap } : null;
}
