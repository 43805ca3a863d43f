import { untrackedRegions } from '../catalogue/regions.ts';
import type { AccountFacts } from '../domain/facts.ts';
import { explainGap, type Gap, isBeyondUs, remedyOf } from '../domain/gap.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { Place } from '../domain/reading.ts';
import type { Receipt } from '../domain/result.ts';
import type { AccountRow, AccountStatus, Figure, GapRow } from '../domain/tables.ts';

/** The row of one thing that could not be read. */
export function gapRow(account: string, collector: string, gap: Gap, { region, operation }: Place): GapRow {
  return {
    id: `${account}/${region}/${collector}/${operation}/${JSON.stringify(gap)}`,
    account,
    region,
    collector,
    operation,
    gap,
    cause: explainGap(gap),
    remedy: remedyOf(gap),
  };
}

interface RowParts {
  readonly status: AccountStatus;
  readonly receipt: Receipt | null;
  readonly facts: AccountFacts | null;
  readonly gaps: readonly GapRow[];
  readonly figures: readonly Figure[];
}

/** The row of one account of the plan, whatever became of it. */
export function accountRow(planned: PlannedAccount, { status, receipt, facts, gaps, figures }: RowParts): AccountRow {
  const regions = status === 'failed' ? [] : (facts?.regions.regions ?? []);
  return {
    id: planned.account,
    account: planned.account,
    name: planned.name,
    ou: [...planned.ou],
    owner: planned.owner,
    ownerRead: planned.ownerRead,
    state: planned.state,
    status,
    reason:
      planned.reason ?? (status === 'measured' ? null : (gaps.find(({ gap }) => !isBeyondUs(gap))?.cause ?? null)),
    attempt: receipt?.attempt ?? null,
    regions: regions.length,
    regionsAssumed: facts?.regions.assumed ?? false,
    untrackedRegions: regions.filter((name) => untrackedRegions.has(name)),
    credentialReportAt: facts?.credentialReport.kind === 'known' ? facts.credentialReport.value.generated : null,
    gaps: gaps.length,
    figures: [...figures],
  };
}
