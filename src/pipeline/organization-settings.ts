import type { Collecting } from '../collectors/define.ts';
import {
  accountTags,
  delegatedAdministrators,
  managementPolicies,
  rootFeatures,
  trailSettings,
  trustedAccess,
} from '../collectors/index.ts';
import type { OrganizationFacts, TrailFact } from '../domain/facts.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import { known, unknownsIn } from '../domain/reading.ts';
import type { GapRow } from '../domain/tables.ts';
import { gapRow } from '../judge/rows.ts';
import { isNotInOrganization, isWithoutOrganization } from './plan.ts';

/** Collectors' readers, of the organisation and of its management account (null where that is not known). */
export interface OrganizationReaders {
  readonly organization: (collector: { readonly id: string }) => Collecting;
  readonly management: ((collector: { readonly id: string }) => Collecting) | null;
}

/** Reads what the organisation has switched on and handed on; `trails` are the organisation-wide ones. Without an organisation nothing is asked. */
export async function organizationSettings(
  facts: OrganizationFacts,
  trails: readonly TrailFact[],
  { organization, management }: OrganizationReaders,
): Promise<OrganizationSettings> {
  if (isWithoutOrganization(facts)) return withoutOrganization(facts);
  const accounts = facts.tree.kind === 'known' ? facts.tree.value.accounts.map(({ account }) => account) : [];
  return {
    ...(await managementPolicies.collect(organization(managementPolicies), { enabled: facts.policyTypes })),
    delegatedAdministrators: await delegatedAdministrators.collect(organization(delegatedAdministrators)),
    trustedAccess: await trustedAccess.collect(organization(trustedAccess)),
    rootFeatures: await rootFeatures.collect(organization(rootFeatures)),
    trails: management === null ? {} : await trailSettings.collect(management(trailSettings), { trails }),
    accountTags: await accountTags.collect(organization(accountTags), { accounts }),
  };
}

/** Where AWS says that there is no organisation, nothing of one is set; where nobody answered, nothing is known. */
function withoutOrganization(facts: OrganizationFacts): OrganizationSettings {
  const none = isNotInOrganization(facts) || facts.id.kind === 'known' ? known([], null) : facts.id;
  return {
    aiOptOut: none,
    bedrock: none,
    delegatedAdministrators: none,
    trustedAccess: none,
    rootFeatures: none,
    accountTags: {},
    trails: {},
  };
}

/** What of the settings could not be read, under the collector that asked. */
export function settingsGaps(settings: OrganizationSettings): GapRow[] {
  const parts: Readonly<Record<string, unknown>> = {
    'management-policies': [settings.aiOptOut, settings.bedrock],
    'delegated-administrators': settings.delegatedAdministrators,
    'trusted-access': settings.trustedAccess,
    'root-features': settings.rootFeatures,
    'account-tags': settings.accountTags,
    'trail-settings': settings.trails,
  };
  return Object.entries(parts).flatMap(([collector, part]) =>
    unknownsIn(part).map(({ gap, place }) => gapRow('organization', collector, gap, place)),
  );
}
