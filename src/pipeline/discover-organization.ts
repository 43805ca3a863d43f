import { collecting } from '../collectors/define.ts';
import { logRoutes, organization, trails } from '../collectors/index.ts';
import type { OrganizationFacts, SharedFacts } from '../domain/facts.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Night, Pointer, RunPlan } from '../domain/night.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import { unknownsIn } from '../domain/reading.ts';
import type { GapRow } from '../domain/tables.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import { sha256 } from '../evidence/canonical.ts';
import { unparsablePolicies } from '../judge/holders.ts';
import { gapRow } from '../judge/rows.ts';
import { OutOfTime } from '../transcripts/resume.ts';
import type { ReadersOf } from './account-facts.ts';
import { archiveTranscript, takeAttempt } from './attempt.ts';
import { Checkpoints } from './checkpoints.ts';
import { resuming } from './collect-account.ts';
import type { Dependencies } from './dependencies.ts';
import { attemptFolder, work } from './keys.ts';
import { type OrganizationReaders, organizationSettings, settingsGaps } from './organization-settings.ts';
import { batchesOf, isNotInOrganization, isWithoutOrganization, planOf } from './plan.ts';
import { type SharedReadings, sharedFacts } from './shared-facts.ts';
import { archive, fromJson, toJson, toJsonGz } from './stored.ts';

export interface DiscoverOrganizationOutput {
  readonly plan: Pointer;
  readonly accounts: Pointer;
  readonly batches: Pointer;
  readonly organization: Pointer;
}

/** What Discover leaves in the work area for every account, and its own gaps for Merge. */
export type OrganizationFile = SharedFacts & {
  readonly settings: OrganizationSettings;
  readonly gaps: readonly GapRow[];
};

/**
 * Reads the organisation once for all accounts; writes plan and transcript (evidence), the lists of accounts and of batches, and the shared
 * facts. Answers are stored while they come: what an earlier try stored is not asked again. Throws `OutOfTime` where there is no time for
 * the rest; the workflow then comes back.
 */
export async function discoverOrganization(
  { night }: { readonly night: Night },
  dependencies: Dependencies,
): Promise<DiscoverOrganizationOutput> {
  const { store } = dependencies;
  const standing = await store.get('work', work.discovered(night.run));
  if (standing !== undefined) return fromJson(standing); // a retried task, or a night taken up again: the plan is made once
  const tapes = new Map<string, TranscriptLine[]>();
  const checkpoints = await Checkpoints.open({ store, night, owner: 'organization' });
  const { facts, shared, unreadLists, settings } = await inTime(checkpoints, async () => {
    const through = resuming(checkpoints, tapes, dependencies.readers, dependencies.mayAsk ?? (() => true));
    const read = await organization.collect(collecting(through('organization'), 'organization', dependencies.pause));
    const readers = readersOf(read, through, dependencies);
    const lists = await sharedFacts(read, readers.management);
    return { facts: read, ...lists, settings: await organizationSettings(read, lists.shared.trails, readers) };
  });
  const planned = await planOf(night, facts, settings.accountTags, dependencies);
  const away = managementNote(planned, unreadLists, dependencies.settings);
  const plan = { ...planned, note: [planned.note, away].filter((it) => it !== null).join('; ') || null };
  const attempt = await takeAttempt(store, night, 'organization');
  await archiveTranscript(store, night, 'organization', attempt, tapes);
  if (plan.managementAccount !== null) await handOver(plan.managementAccount, night, store, tapes);
  const gaps = [...organizationGaps(facts, settings), ...recorderGaps(plan, shared, unreadLists)];
  const file: OrganizationFile = { ...shared, settings, gaps };
  const output: DiscoverOrganizationOutput = {
    plan: await archive(store, `${attemptFolder(night, 'organization', attempt)}plan.json`, toJson(plan)),
    accounts: await putWork(
      store,
      work.accounts(night.run),
      toJson(plan.accounts.filter(({ action }) => action === 'collect')),
    ),
    batches: await putWork(store, work.batches(night.run), toJson(batchesOf(plan.accounts.length))),
    organization: await putWork(store, work.organization(night.run), await toJsonGz(file)),
  };
  await store.putIfAbsent('work', work.discovered(night.run), toJson(output));
  return output;
}

/** Run by a delegated administrator, the management account is one more member: where it cannot be read, what is wide is not known. */
function managementNote(
  { managementAccount }: RunPlan,
  unreadLists: SharedReadings['unreadLists'],
  { own }: Dependencies['settings'],
): string | null {
  const isUnread = Object.values(unreadLists).some((lists) => lists.some(({ kind }) => kind === 'unknown'));
  if (managementAccount === null || own === null || own.account === managementAccount || !isUnread) return null;
  return `the management account ${managementAccount} could not be read whole through the reader role: trails and event data stores of the organisation are not known`;
}

/** What is read, or, where there is no time for all of it, `OutOfTime` once what was answered is stored. */
async function inTime<T>(checkpoints: Checkpoints, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof OutOfTime) await checkpoints.flush();
    throw error;
  }
}

/** What was read in the management account is stored for its own collection too, so that nobody asks it twice. */
async function handOver(
  owner: AccountId,
  night: Night,
  store: Dependencies['store'],
  tapes: ReadonlyMap<string, readonly TranscriptLine[]>,
): Promise<void> {
  const checkpoints = await Checkpoints.open({ store, night, owner });
  for (const [collector, lines] of tapes)
    if (collector.startsWith(sharedPrefix)) checkpoints.add(collector.slice(sharedPrefix.length), lines);
  await checkpoints.flush();
}

/** Transcripts of the management account's own answers, among those of the organisation, are named so. */
const sharedPrefix = 'shared-';

async function putWork(store: Dependencies['store'], key: string, bytes: Uint8Array): Promise<Pointer> {
  await store.put('work', key, bytes);
  return { key, sha256: sha256(bytes) };
}

/** Readers of each collector, those in the management account under a name that says so. */
function readersOf({ id }: OrganizationFacts, through: ReadersOf, { pause }: Dependencies): OrganizationReaders {
  return {
    organization: (collector) => collecting(through(collector.id), 'organization', pause),
    management:
      id.kind === 'unknown'
        ? null
        : (collector) => collecting(through(sharedPrefix + collector.id), id.value.managementAccount, pause),
  };
}

/**
 * What of the management account's trails and stores could not be read here: status and selectors of the organisation's trails, which
 * nobody reads again, and the lists, where that account is not collected itself and so names them itself.
 */
function recorderGaps(
  { managementAccount, accounts }: RunPlan,
  { trails: trailFacts, ...shared }: Pick<SharedFacts, 'trails' | 'forwarding'>,
  unreadLists: SharedReadings['unreadLists'],
): GapRow[] {
  if (managementAccount === null) return [];
  const rows = (collector: string, fact: unknown) =>
    unknownsIn(fact).map(({ gap, place }) => gapRow(managementAccount, collector, gap, place));
  const collected = accounts.some(({ account, action }) => account === managementAccount && action === 'collect');
  const forwarded = rows(logRoutes.id, shared.forwarding ?? {});
  const lists = collected ? [] : Object.entries(unreadLists).flatMap(([collector, list]) => rows(collector, list));
  return [...rows(trails.id, trailFacts), ...forwarded, ...lists];
}

/** What of the organisation could not be read. Without any answer about one (a snapshot of files) that is one thing, not four. */
function organizationGaps(facts: OrganizationFacts, settings: OrganizationSettings): GapRow[] {
  if (isNotInOrganization(facts)) return [];
  const unread = unknownsIn(facts).map(({ gap, place }) => gapRow('organization', 'organization', gap, place));
  if (isWithoutOrganization(facts)) return unread.slice(0, 1);
  const place = { region: 'global', operation: 'organizations:DescribePolicy' };
  const known = new Set(unread.map(({ gap }) => JSON.stringify(gap)));
  const refused = unparsablePolicies(facts).filter((gap) => !known.has(JSON.stringify(gap)));
  return [
    ...unread,
    ...refused.map((gap) => gapRow('organization', 'permissions', gap, place)),
    ...settingsGaps(settings),
  ];
}
