import { collecting } from '../collectors/define.ts';
import { enabledRegions, eventDataStores, organization, trails } from '../collectors/index.ts';
import type { OrganizationFacts, PolicyChains, SharedFacts, TrailFact } from '../domain/facts.ts';
import type { Night, Pointer, RunPlan } from '../domain/night.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import { known, type Reading, unknownsIn, unreadAmong } from '../domain/reading.ts';
import type { GapRow } from '../domain/tables.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import { sha256 } from '../evidence/canonical.ts';
import { unparsablePolicies } from '../judge/holders.ts';
import { gapRow } from '../judge/rows.ts';
import { archiveTranscript, takeAttempt } from './attempt.ts';
import { taping } from './collect-account.ts';
import type { Dependencies } from './dependencies.ts';
import { attemptFolder, work } from './keys.ts';
import { type OrganizationReaders, organizationSettings, settingsGaps } from './organization-settings.ts';
import { isNotInOrganization, isWithoutOrganization, planOf } from './plan.ts';
import { archive, fromJson, toJson, toJsonGz } from './stored.ts';

export interface DiscoverOrganizationOutput {
  readonly plan: Pointer;
  readonly accounts: Pointer;
  readonly organization: Pointer;
}

/** What Discover leaves in the work area for every account, and its own gaps for Merge. */
export type OrganizationFile = SharedFacts & {
  readonly settings: OrganizationSettings;
  readonly gaps: readonly GapRow[];
};

/** Reads the organisation once for all accounts; writes plan and transcript (evidence), the list of accounts and the shared facts. */
export async function discoverOrganization(
  { night }: { readonly night: Night },
  dependencies: Dependencies,
): Promise<DiscoverOrganizationOutput> {
  const { store } = dependencies;
  const standing = await store.get('work', work.discovered(night.run));
  if (standing !== undefined) return fromJson(standing); // a retried task, or a night taken up again: the plan is made once
  const tapes = new Map<string, TranscriptLine[]>();
  const facts = await organization.collect(
    collecting(taping(tapes, dependencies.readers)('organization'), 'organization', dependencies.pause),
  );
  const { shared, unreadLists } = await sharedFacts(facts, tapes, dependencies);
  const settings = await organizationSettings(facts, shared.trails, readersOf(facts, tapes, dependencies));
  const plan = await planOf(night, facts, dependencies);
  const attempt = await takeAttempt(store, night, 'organization');
  await archiveTranscript(store, night, 'organization', attempt, tapes);
  const gaps = [...organizationGaps(facts, settings), ...recorderGaps(plan, shared.trails, unreadLists)];
  const file: OrganizationFile = { ...shared, settings, gaps };
  const output: DiscoverOrganizationOutput = {
    plan: await archive(store, `${attemptFolder(night, 'organization', attempt)}plan.json`, toJson(plan)),
    accounts: await putWork(
      store,
      work.accounts(night.run),
      toJson(plan.accounts.filter(({ action }) => action === 'collect')),
    ),
    organization: await putWork(store, work.organization(night.run), toJsonGz(file)),
  };
  await store.putIfAbsent('work', work.discovered(night.run), toJson(output));
  return output;
}

async function putWork(store: Dependencies['store'], key: string, bytes: Uint8Array): Promise<Pointer> {
  await store.put('work', key, bytes);
  return { key, sha256: sha256(bytes) };
}

/** Readers that tape each collector's calls apart. */
function readersOf(
  { id }: OrganizationFacts,
  tapes: Map<string, TranscriptLine[]>,
  { readers, pause }: Dependencies,
): OrganizationReaders {
  const tape = taping(tapes, readers);
  return {
    organization: (collector) => collecting(tape(collector.id), 'organization', pause),
    management:
      id.kind === 'unknown'
        ? null
        : (collector) => collecting(tape(`shared-${collector.id}`), id.value.managementAccount, pause),
  };
}

interface SharedReadings {
  readonly shared: SharedFacts;
  /** The management account's lists of trails and stores that could not be read, by collector. */
  readonly unreadLists: Readonly<Record<string, readonly Reading<unknown>[]>>;
}

/** Organisation-wide trails and stores, read where they live: in the management account. */
async function sharedFacts(
  facts: OrganizationFacts,
  tapes: Map<string, TranscriptLine[]>,
  { readers, pause }: Dependencies,
): Promise<SharedReadings> {
  const policies = policiesOf(facts);
  if (facts.id.kind === 'unknown')
    return {
      shared: { trails: [], stores: [], storesUnread: isWithoutOrganization(facts) ? null : facts.id.gap, ...policies },
      unreadLists: {},
    };
  const { managementAccount } = facts.id.value;
  const through = (collector: { readonly id: string }) =>
    collecting(taping(tapes, readers)(`shared-${collector.id}`), managementAccount, pause);
  const { regions } = await enabledRegions.collect(through(enabledRegions));
  const seenTrails = await trails.collect(through(trails), { regions, readElsewhere: new Set() });
  const seenStores = await eventDataStores.collect(through(eventDataStores), { regions });
  const unread = Object.values(seenStores).find(({ kind }) => kind === 'unknown');
  return {
    shared: {
      trails: unique(Object.values(seenTrails).flatMap((list) => (list.kind === 'known' ? list.value : []))),
      stores: unique(Object.values(seenStores).flatMap((list) => (list.kind === 'known' ? list.value : []))),
      storesUnread: unread?.kind === 'unknown' ? unread.gap : null,
      ...policies,
    },
    unreadLists: { [trails.id]: unreadAmong(seenTrails), [eventDataStores.id]: unreadAmong(seenStores) },
  };
}

/** What the policy chains of all accounts are made of. Where AWS says that there is no organisation, no policy of one applies. */
export function policiesOf(facts: OrganizationFacts): PolicyChains {
  const { id, tree, scps, rcps } = facts;
  if (isNotInOrganization(facts)) {
    const none = known([], null);
    return {
      organization: known(null, null),
      managementAccount: known(null, null),
      roots: none,
      scps: none,
      rcps: none,
    };
  }
  return {
    organization: id.kind === 'known' ? { ...id, value: id.value.organization } : id,
    managementAccount: id.kind === 'known' ? { ...id, value: id.value.managementAccount } : id,
    roots: tree.kind === 'known' ? { ...tree, value: tree.value.roots } : tree,
    scps,
    rcps,
  };
}

const unique = <T extends { readonly arn: string; readonly organization: boolean }>(recorders: readonly T[]): T[] => [
  ...new Map(recorders.filter(({ organization: wide }) => wide).map((recorder) => [recorder.arn, recorder])).values(),
];

/**
 * What of the management account's trails and stores could not be read here: status and selectors of the organisation's trails, which
 * nobody reads again, and the lists, where that account is not collected itself and so names them itself.
 */
function recorderGaps(
  { managementAccount, accounts }: RunPlan,
  trailFacts: readonly TrailFact[],
  unreadLists: SharedReadings['unreadLists'],
): GapRow[] {
  if (managementAccount === null) return [];
  const rows = (collector: string, fact: unknown) =>
    unknownsIn(fact).map(({ gap, place }) => gapRow(managementAccount, collector, gap, place));
  const collected = accounts.some(({ account, action }) => account === managementAccount && action === 'collect');
  const lists = collected ? [] : Object.entries(unreadLists).flatMap(([collector, list]) => rows(collector, list));
  return [...rows(trails.id, trailFacts), ...lists];
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
