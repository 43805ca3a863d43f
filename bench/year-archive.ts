// A year of sealed nights in an archive on disk: the last two by the pipeline, the others from a summary of it with other numbers.
import { localObjectStore } from '../src/adapters/files/object-store.ts';
import { bounds } from '../src/domain/share.ts';
import { type NightSummary, summarySchema } from '../src/domain/summary.ts';
import { sha256 } from '../src/evidence/canonical.ts';
import { dtOf } from '../src/evidence/chain.ts';
import { summaryKey } from '../src/evidence/run-files.ts';
import { sealNight } from '../src/evidence/seal-night.ts';
import type { Dependencies } from '../src/pipeline/dependencies.ts';
import { fromJson, toJson } from '../src/pipeline/stored.ts';
import { buildOrganization } from '../src/simulator/build.ts';
import { many, simulatedNight, simulatedWorld } from './simulated-night.ts';

const day = 86_400_000;
const last = Date.parse('2026-09-30T02:00:00Z');
const clockOf = (nightsAgo: number): string => new Date(last - nightsAgo * day).toISOString().replace('.000', '');

/** Accounts with a dozen users and thirty roles each; every tenth of them was used lately. */
function organizationOf(accounts: number, clock: string) {
  const account = (at: number) => ({
    id: String(200_000_000_000 + at),
    name: `account-${at}`,
    users: many(12, (user) => ({ name: `user-${user}`, created: 900, password: user % 3 === 0 ? 20 : 200 })),
    roles: many(30, (role) => ({ name: `role-${role}`, created: 900, used: role % 10 === 0 ? 5 : 300 })),
  });
  return buildOrganization({ clock, accounts: many(accounts, account) });
}

/** Runs one real night; gives the key of its summary. */
async function realNight(root: string, accounts: number, clock: string): Promise<string> {
  const outcome = await simulatedNight(await simulatedWorld(root, organizationOf(accounts, clock)), clock);
  if (outcome.status !== 'sealed') throw new Error(`the night of ${clock} was not sealed`);
  return summaryKey(outcome.night);
}

/** Makes the archive: nights a day apart up to 30 September 2026. */
export async function sealYear(
  root: string,
  { nights, accounts }: { readonly nights: number; readonly accounts: number },
): Promise<void> {
  const pattern = `${root}-pattern`;
  const key = await realNight(pattern, accounts, clockOf(0));
  const summary = summarySchema.parse(
    fromJson((await localObjectStore(pattern).get('archive', key)) ?? Buffer.from('')),
  );
  const { store, signer } = await simulatedWorld(root, organizationOf(accounts, clockOf(0)));
  for (let ago = nights - 1; ago >= 2; ago -= 1) await sealVaried(store, signer, varied(summary, ago));
  for (const ago of [1, 0]) await realNight(root, accounts, clockOf(ago));
}

/** The summary of an earlier night: every figure a little otherwise, every twentieth night partial. */
function varied(summary: NightSummary, ago: number): NightSummary {
  const clock = clockOf(ago);
  const run = { ...summary.run, id: sha256(clock).slice(0, 12), clock, end: clock };
  const metrics = summary.metrics.map((it) => {
    const unread = ago % 20 === 0 ? Math.min(3, it.denominator) : 0;
    const denominator = it.denominator - unread;
    const share = {
      numerator: Math.min(denominator, it.numerator + (ago % 7)),
      denominator,
      untrackable: it.untrackable,
      unread,
    };
    const [lower, upper] = bounds(share) ?? [0, 0];
    const unknown = it.untrackable + unread;
    return { ...it, ...share, unknown, lower, upper, pessimistic: it.worse === 'higher' ? upper : lower };
  });
  return { ...summary, run, metrics };
}

async function sealVaried(
  store: Dependencies['store'],
  signer: Dependencies['signer'],
  { run, scope, completeness, counts, ...rest }: NightSummary,
): Promise<void> {
  const bytes = toJson({ ...rest, run, scope, completeness, counts });
  await store.putIfAbsent('archive', summaryKey({ dt: dtOf(run.clock), run: run.id }), bytes);
  await sealNight(store, signer, {
    schema: 'assay/seal/1',
    kind: 'night',
    run: run.id,
    clock: run.clock,
    sealedAt: run.clock,
    summary: sha256(bytes),
    scope: scope.organization ?? 'no organisation',
    scopeDigest: scope.digest,
    completeness: completeness.accounts,
    counts,
    versions: run.versions,
    input: { source: 'simulator', digest: null },
    reports: [],
    failure: null,
  });
}
