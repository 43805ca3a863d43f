import type { Collecting } from '../collectors/define.ts';
import { enabledRegions, eventDataStores, trails } from '../collectors/index.ts';
import type { OrganizationFacts, PolicyChains, SharedFacts } from '../domain/facts.ts';
import { itemsOf, known, type Reading, unreadAmong } from '../domain/reading.ts';
import { logForwarding } from './log-forwarding.ts';
import { isNotInOrganization, isWithoutOrganization, partitionOf } from './plan.ts';

export interface SharedReadings {
  readonly shared: SharedFacts;
  /** The management account's lists of trails and stores that could not be read, by collector. */
  readonly unreadLists: Readonly<Record<string, readonly Reading<unknown>[]>>;
}

/** Organisation-wide trails and stores, read where they live: in the management account (`management`: null where that is not known).
 * `forwarded`: who reads where their events go on to; null = nobody asks. */
export async function sharedFacts(
  facts: OrganizationFacts,
  management: ((collector: { readonly id: string }) => Collecting) | null,
  forwarded = management,
): Promise<SharedReadings> {
  const policies = policiesOf(facts);
  if (management === null || facts.id.kind === 'unknown') {
    const storesUnread = isWithoutOrganization(facts) || facts.id.kind === 'known' ? null : facts.id.gap;
    return { shared: { trails: [], stores: [], storesUnread, ...policies }, unreadLists: {} };
  }
  const { regions } = await enabledRegions.collect(management(enabledRegions));
  const seenTrails = await trails.collect(management(trails), { regions, readElsewhere: new Set() });
  const seenStores = await eventDataStores.collect(management(eventDataStores), { regions });
  const wide = unique(Object.values(seenTrails).flatMap(itemsOf));
  const unread = Object.values(seenStores).find(({ kind }) => kind === 'unknown');
  return {
    shared: {
      trails: wide,
      stores: unique(Object.values(seenStores).flatMap(itemsOf)),
      storesUnread: unread?.kind === 'unknown' ? unread.gap : null,
      ...(forwarded === null ? {} : { forwarding: await logForwarding(forwarded, wide) }),
      ...policies,
    },
    unreadLists: { [trails.id]: unreadAmong(seenTrails), [eventDataStores.id]: unreadAmong(seenStores) },
  };
}

const unique = <T extends { readonly arn: string; readonly organization: boolean }>(recorders: readonly T[]): T[] => [
  ...new Map(recorders.filter(({ organization: wide }) => wide).map((recorder) => [recorder.arn, recorder])).values(),
];

/**
 * What the policy chains of all accounts are made of. Where AWS says that there is no organisation no policy of one applies, and where it
 * says that a type of policy is not enabled none of that type, attached or not.
 */
export function policiesOf(facts: OrganizationFacts): PolicyChains {
  const { id, tree } = facts;
  const partition = partitionOf(facts);
  if (isNotInOrganization(facts)) {
    const none = known([], null);
    return {
      organization: known(null, null),
      partition,
      managementAccount: known(null, null),
      roots: none,
      scps: none,
      rcps: none,
    };
  }
  return {
    organization: id.kind === 'known' ? { ...id, value: id.value.organization } : id,
    partition,
    managementAccount: id.kind === 'known' ? { ...id, value: id.value.managementAccount } : id,
    roots: tree.kind === 'known' ? { ...tree, value: tree.value.roots } : tree,
    scps: inForce(facts.scps, 'SERVICE_CONTROL_POLICY', facts),
    rcps: inForce(facts.rcps, 'RESOURCE_CONTROL_POLICY', facts),
  };
}

function inForce<Policies extends PolicyChains['scps']>(
  policies: Policies,
  type: string,
  { policyTypes }: Pick<OrganizationFacts, 'policyTypes'>,
): Policies | PolicyChains['scps'] {
  if (policyTypes.kind === 'unknown' || policyTypes.value === null) return policies;
  return policyTypes.value.includes(type) ? policies : known([], policyTypes.at);
}
