import type { AccountEntry, OrganizationFacts } from '../domain/facts.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Batch, Night, PlannedAccount, RunPlan, Selection } from '../domain/night.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import { ownerIn } from '../domain/owner-tag.ts';
import { arnIn } from '../domain/partition.ts';
import type { Dependencies, Settings } from './dependencies.ts';
import { lastPopulations, type Populations } from './last-night.ts';

const closed = new Set(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']);

/** Whether an account is closed or on the way there: nobody can do anything in it. */
export const isClosed = ({ state }: Pick<AccountEntry, 'state'>): boolean => closed.has(state);

/** Each account of the night, to collect or to skip with the reason; from the organisation, else from the ids the source knows. */
export async function planOf(
  night: Night,
  facts: OrganizationFacts,
  tagsOf: OrganizationSettings['accountTags'],
  { store, readers, settings, populations: given }: Dependencies,
): Promise<RunPlan> {
  const organization = facts.id.kind === 'known' ? facts.id.value : null;
  const fromTree = facts.tree.kind === 'known' && facts.tree.value.accounts.length > 0 ? facts.tree.value : null;
  const entries = onceEach(fromTree?.accounts ?? readers.accounts().map(alone));
  const populations = given ?? (await lastPopulations(store, night));
  const management = organization?.managementAccount ?? null;
  return {
    night,
    organization: organization?.organization ?? null,
    managementAccount: management,
    accountsFrom: fromTree === null ? 'arns' : 'organization',
    accountsListed: fromTree !== null || isWithoutOrganization(facts),
    note: noteOf(fromTree !== null, isWithoutOrganization(facts)) ?? leftOut(entries, readers.accounts()),
    ous: fromTree?.ous ?? [],
    accounts: entries.map((entry) => {
      const skip = isClosed(entry) ? 'suspended' : isSelected(entry, night.selection, tagsOf) ? null : 'not-selected';
      return planned(
        entry,
        skip,
        roleIn(entry.account, { management, partition: partitionOf(facts) }, settings),
        populations,
        tagsOf[entry.account],
      );
    }),
  };
}

/** Accounts of the plan whose results one task adds up, and whose rows go into one part of every table (design §5). */
const accountsPerBatch = 1_000;

/** The plan's accounts as batches; one even where there is no account, for the gaps of the organisation. */
export function batchesOf(accounts: number, size = accountsPerBatch): Batch[] {
  return Array.from({ length: Math.max(1, Math.ceil(accounts / size)) }, (_, index) => ({
    number: index + 1,
    from: index * size,
    to: Math.min(accounts, (index + 1) * size),
  }));
}

/** No organisation to ask: the account is in none, or the snapshot holds no answer about one at all (its scope is then what it holds). */
export function isWithoutOrganization(facts: OrganizationFacts): boolean {
  const { id, tree, scps, rcps } = facts;
  return (
    isNotInOrganization(facts) ||
    [id, tree, scps, rcps].every((fact) => fact.kind === 'unknown' && fact.gap.code === 'NOT_IN_SNAPSHOT')
  );
}

/** The partition that an organisation's own answers name; undefined where they hold no ARN. */
export const partitionOf = ({ id, tree }: OrganizationFacts): string | undefined =>
  (id.kind === 'known' ? id.value.partition : undefined) ?? (tree.kind === 'known' ? tree.value.partition : undefined);

/** AWS itself says that the account is in no organisation. */
export const isNotInOrganization = ({ id }: OrganizationFacts): boolean =>
  id.kind === 'unknown' && id.gap.code === 'UNEXPECTED' && id.gap.name === 'AWSOrganizationsNotInUseException';

function noteOf(listed: boolean, alone: boolean): string | null {
  if (listed) return null;
  return alone
    ? 'no organisation was read: accounts are those named by the ARNs of the input'
    : 'the accounts of the organisation could not be listed: those not named here are missing from every figure';
}

/** Accounts that the source knows and the organisation does not list: they are in no figure, so they are named. */
function leftOut(entries: readonly AccountEntry[], known: readonly AccountId[]): string | null {
  const listed = new Set<string>(entries.map(({ account }) => account));
  const extra = known.filter((account) => !listed.has(account));
  if (extra.length === 0) return null;
  const more = extra.length > 5 ? ` and ${extra.length - 5} more` : '';
  return `not in the organisation's list, and left out: ${extra.slice(0, 5).join(', ')}${more}`;
}

/** An account that moved while the tree was read can be listed twice: it is one account. */
const onceEach = (entries: readonly AccountEntry[]): AccountEntry[] =>
  [...new Map(entries.toReversed().map((entry) => [entry.account, entry])).values()].toReversed();

const alone = (account: AccountId): AccountEntry => ({ account, name: null, state: 'UNKNOWN', ou: [] });

/** The account that Assay runs in needs no role: the management account, where nothing else is said. */
function roleIn(
  account: AccountId,
  { management, partition }: { readonly management: AccountId | null; readonly partition: string | undefined },
  { readerRole, own }: Settings,
): string | null {
  if (readerRole === null || account === (own?.account ?? management)) return null;
  return arnIn(own?.partition ?? partition, `iam::${account}:role/${readerRole}`);
}

function planned(
  entry: AccountEntry,
  skip: PlannedAccount['reason'],
  role: string | null,
  populations: Populations,
  tags: OrganizationSettings['accountTags'][string] | undefined,
): PlannedAccount {
  const read = tags?.kind === 'known' ? tags.value : null;
  return {
    ...entry,
    owner: read === null ? null : ownerIn(read),
    ownerRead: read !== null,
    action: skip === null ? 'collect' : 'skip',
    reason: skip,
    role,
    lastPopulation: populations.get(entry.account) ?? null,
  };
}

/** Accounts by id or by OU, with everything below it, narrowed by tag and state; nothing chosen means all of them. */
export function isSelected(
  { account, ou, state }: AccountEntry,
  { accounts, ous, skip, tags = [], states = [] }: Selection,
  tagsOf: OrganizationSettings['accountTags'],
): boolean {
  if (skip.includes(account)) return false;
  if (states.length > 0 && !states.includes(state)) return false;
  if (!mayCarry(tagsOf[account], tags)) return false;
  if (accounts.length === 0 && ous.length === 0) return true;
  return accounts.includes(account) || ou.some((id) => ous.includes(id));
}

/** An account whose tags could not be read may carry any: leaving it out would hide it. */
function mayCarry(
  read: OrganizationSettings['accountTags'][AccountId] | undefined,
  wanted: readonly string[],
): boolean {
  if (wanted.length === 0 || read?.kind !== 'known') return true;
  const carried = new Set(Object.entries(read.value).map(([key, value]) => `${key}=${value}`));
  const byKey = Map.groupBy(wanted, (tag) => tag.slice(0, tag.indexOf('=')));
  return [...byKey.values()].every((values) => values.some((tag) => carried.has(tag)));
}
