import { externalAccessAnalyzer } from '../controls/index.ts';
import type { Gap } from '../domain/gap.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { Reading } from '../domain/reading.ts';
import type { FindingRow } from '../domain/tables.ts';

// An analyzer of the organisation lives in one account and looks at all of them; the others cannot see it. What it covers is known
// only where the findings of accounts come together.

const service = 'access-analyzer.amazonaws.com';

/** Accounts that may hold analyzers of the organisation: its management account and the delegated administrators of the service. */
export interface AnalyzerHolders {
  readonly accounts: readonly string[];
  /** Why there may be others; null = there are none. */
  readonly doubt: Gap | null;
}

export function analyzerHolders(
  management: Reading<string | null>,
  { delegatedAdministrators: administrators }: Pick<OrganizationSettings, 'delegatedAdministrators'>,
): AnalyzerHolders {
  if (management.kind === 'unknown') return { accounts: [], doubt: management.gap };
  if (management.value === null) return { accounts: [], doubt: null };
  if (administrators.kind === 'unknown') return { accounts: [management.value], doubt: administrators.gap };
  const hidden = administrators.value.find(({ services }) => services.kind === 'unknown')?.services;
  const named = administrators.value.filter(
    ({ services }) => services.kind === 'known' && services.value.some((it) => it.service === service),
  );
  return {
    accounts: [...new Set([management.value, ...named.map(({ account }) => account)])],
    doubt: hidden?.kind === 'unknown' ? hidden.gap : null,
  };
}

const isOurs = ({ control }: FindingRow): boolean => control === externalAccessAnalyzer.id;

/** An account without an analyzer of its own passes where one of the organisation looks at it; where that is not known, nor is the finding. */
export function underOrganizationAnalyzers(
  rows: readonly FindingRow[],
  { doubt }: AnalyzerHolders,
  holders: readonly FindingRow[],
): FindingRow[] {
  const ours = holders.filter(isOurs);
  return rows.map((row) => {
    if (!isOurs(row) || row.status !== 'fail') return row;
    const there = ours.filter(({ resource }) => resource === row.resource);
    const analyzers = there.flatMap(({ evidence }) => (evidence['ofOrganization'] as string[] | undefined) ?? []);
    if (analyzers.length > 0)
      return {
        ...row,
        status: 'pass',
        reason: 'an analyzer of the organisation is active',
        evidence: { analyzers },
        remedy: null,
        exception: null,
      };
    const dark = [...there, ...ours.filter(({ resource }) => resource === '*')].find(
      ({ status }) => status === 'not-measured',
    );
    const gap = (dark?.gap as Gap | null | undefined) ?? doubt;
    return gap === null
      ? row
      : {
          ...externalAccessAnalyzer.unmeasured(row.account, gap),
          id: row.id,
          resource: row.resource,
          region: row.region,
        };
  });
}
