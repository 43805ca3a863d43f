import type { AccountEntry, OrganizationFacts } from '../domain/facts.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Night, PlannedAccount, RunPlan } from '../domain/night.ts';
import type { Dependencies } from './dependencies.ts';
import { lastPopulations, type Populations } from './last-night.ts';

const closed = new Set(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']);

/** Each account of the night, to collect or to skip with the reason; from the organisation, else from the ids the source knows. */
export async function planOf(
  night: Night,
  facts: OrganizationFacts,
  { store, readers, settings }: Dependencies,
): Promise<RunPlan> {
  const organization = facts.id.kind === 'known' ? facts.id.value : null;
  const fromTree = facts.tree.kind === 'known' && facts.tree.value.accounts.length > 0 ? facts.tree.value : null;
  const entries = fromTree?.accounts ?? readers.accounts().map(alone);
  const populations = await lastPopulations(store, night);
  const management = organization?.managementAccount ?? null;
  return {
    night,
    organization: organization?.organization ?? null,
    managementAccount: management,
    accountsFrom: fromTree === null ? 'arns' : 'organization',
    note: fromTree === null ? 'the organisation was not read: accounts are those named by the ARNs of the input' : null,
    ous: fromTree?.ous ?? [],
    accounts: entries.map((entry) =>
      planned(entry, night, roleIn(entry.account, management, settings.readerRole), populations),
    ),
  };
}

const alone = (account: AccountId): AccountEntry => ({ account, name: null, state: 'UNKNOWN', ou: [] });

/** Assay runs in the management account and needs no role there. */
function roleIn(account: AccountId, management: AccountId | null, role: string | null): string | null {
  return role === null || account === management ? null : `arn:aws:iam::${account}:role/${role}`;
}

function planned(
  entry: AccountEntry,
  { selection }: Night,
  role: string | null,
  populations: Populations,
): PlannedAccount {
  const selected = selection.accounts.length === 0 || selection.accounts.includes(entry.account);
  const skip = closed.has(entry.state)
    ? 'suspended'
    : selected && !selection.skip.includes(entry.account)
      ? null
      : 'not-selected';
  return {
    ...entry,
    action: skip === null ? 'collect' : 'skip',
    reason: skip,
    role,
    lastPopulation: populations.get(entry.account) ?? null,
  };
}
