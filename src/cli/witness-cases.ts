import type { PolicyChains, ScpFact } from '../domain/facts.ts';
import type { Reading } from '../domain/reading.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import type { PlacedAccount } from '../pipeline/fenced-accounts.ts';
import { onPath, type Trial } from './scp-trial.ts';

/** What a case needs of an organisation; null where SCPs stand on their own. */
export type CaseSource = Pick<PolicyChains, 'roots' | 'scps' | 'rcps'> | null;

type Named = { readonly name: string; readonly document: object };

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const fullAccess: Named = { name: 'FullAWSAccess', document: everything };

/** A line for `assay evaluate` for each request that gets through: the request, the policies on its path, and that it is allowed. */
export function witnessCases(
  shared: CaseSource,
  trials: readonly Trial[],
  places: readonly Pick<PlacedAccount, 'account' | 'ou'>[],
  cells: readonly GuardrailRow[],
): string {
  const byAccount = new Map<string, Pick<PlacedAccount, 'account' | 'ou'>>(places.map((it) => [it.account, it]));
  const lines = cells.flatMap(({ id, account, witness }) => {
    const place = byAccount.get(account);
    if (witness === null || place === undefined) return [];
    const own = onPath(trials, place).map(({ name, document }): Named => ({ name, document }));
    const path = shared?.roots.kind === 'known' ? [...shared.roots.value.slice(0, 1), ...place.ou, account] : [];
    const policies = {
      identity: [{ name: 'everything', document: everything }],
      scps: [...levels(shared?.scps, path), ...(own.length > 0 || shared === null ? [[fullAccess, ...own]] : [])],
      rcps: levels(shared?.rcps, path),
    };
    return [JSON.stringify({ id, request: witness, policies, expected: 'Allowed' })];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** The documents on each target of a path that has any. */
function levels(policies: Reading<readonly ScpFact[]> | undefined, path: readonly string[]): Named[][] {
  if (policies?.kind !== 'known') return [];
  const attached = path.map((target) =>
    policies.value.flatMap(({ name, targets, document }): Named[] =>
      targets.kind === 'known' && targets.value.includes(target) && document.kind === 'known'
        ? [{ name, document: document.value }]
        : [],
    ),
  );
  return attached.filter((level) => level.length > 0);
}
