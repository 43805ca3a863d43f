import { catalogueVersion } from '../catalogue/actions.ts';
import {
  sensitiveList,
  sensitivePermissions,
  sensitiveVersion,
  unclassifiedAiActions,
} from '../catalogue/sensitive/index.ts';
import { isNotBuilt } from '../domain/gap.ts';
import type { Night, PlannedAccount, Pointer, RunPlan } from '../domain/night.ts';
import type { AccountResult } from '../domain/result.ts';
import { type NightSummary, summarySchema } from '../domain/summary.ts';
import type { FindingRow } from '../domain/tables.ts';
import { windowStart } from '../domain/window.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { type ControlSettings, judgeOrganization } from '../judge/findings.ts';
import { accountRow } from '../judge/rows.ts';
import { figuresOf } from '../metrics/figures.ts';
import type { Dependencies } from './dependencies.ts';
import type { OrganizationFile } from './discover-organization.ts';
import { FindingTally } from './finding-tally.ts';
import { allMetrics } from './judge-account.ts';
import { work } from './keys.ts';
import { NightTally } from './night-tally.ts';
import { untilNow } from './not-built.ts';
import { resultOfGap } from './record-account-gap.ts';
import { archive, fetchPointer, fromJson, fromJsonGz, toJson } from './stored.ts';
import { accountsPerPart, TableWriter } from './table-writer.ts';
import { settle, Totals } from './totals.ts';

export interface MergeResultsInput {
  readonly night: Night;
  readonly plan: Pointer;
}

/** Adds the account results up in the order of the plan; an account without a result is a gap, never a missing row. */
export async function mergeResults(
  { night, plan: pointer }: MergeResultsInput,
  dependencies: Dependencies,
): Promise<{ readonly summary: Pointer }> {
  const { store, settings } = dependencies;
  const plan = fromJson<RunPlan>(await fetchPointer(store, 'archive', pointer));
  const [totals, tally, tables] = [new Totals(plan.accountsListed), new NightTally(), new TableWriter(store, night)];
  const thresholds = settings.thresholds ?? {};
  const controls = new FindingTally();
  const shared = fromJsonGz<OrganizationFile>(await needed(store, work.organization(night.run)));
  tables.add('gaps', shared.gaps);
  tally.addGaps(shared.gaps);
  const ofOrganization = organizationFindings(shared, night, thresholds);
  controls.add(ofOrganization);
  tables.add('findings', ofOrganization);
  for (const [index, planned] of plan.accounts.entries()) {
    const result = await resultOf(planned, night, store, thresholds);
    totals.add(result.row);
    tally.addRow(result.row, causesOf(result));
    tally.addResult(result);
    tally.addGaps(result.gaps);
    controls.add(result.findings);
    tables.add('accounts', [result.row]);
    tables.add('identities', result.identities);
    tables.add('permissions', result.permissions);
    tables.add('credentials', result.credentials);
    tables.add('key-holders', result.keyHolders);
    tables.add('key-powers', result.keyPowers);
    tables.add('logging', result.logging);
    tables.add('logging-fixes', result.loggingFixes);
    tables.add('guardrails', result.guardrails);
    tables.add('findings', result.findings);
    tables.add('agents', result.agents);
    tables.add('takeovers', result.takeovers);
    tables.add('workspaces', result.workspaces);
    tables.add('gaps', result.gaps);
    if ((index + 1) % accountsPerPart === 0) await tables.finishPart();
  }
  await tables.finishPart();
  const summary = {
    ...summaryOf(night, plan, totals, tally, settings.versions),
    ...controls.summary(thresholds),
  };
  return { summary: await archive(store, summaryKey(night), toJson(summarySchema.parse(summary))) };
}

/** Why an account is not fully measured, the first three causes. */
const causesOf = ({ row, gaps }: AccountResult): string[] => {
  const own = gaps.filter(({ gap }) => !isNotBuilt(gap)).map(({ cause }) => cause);
  return [...new Set([...(row.reason === null ? [] : [row.reason]), ...own])].slice(0, 3);
};

/** The account's result, with the figures over accounts counted from its row and last night's populations put in. */
async function resultOf(
  planned: PlannedAccount,
  night: Night,
  store: Dependencies['store'],
  thresholds: ControlSettings,
): Promise<AccountResult> {
  const result = await storedResult(planned, night, store, thresholds);
  const own = allMetrics.filter(({ over }) => over === 'accounts');
  const figures = [
    ...result.row.figures.filter(({ id }) => !own.some((metric) => metric.id === id)),
    ...figuresOf(own, { accounts: [result.row] }, { users: true, roles: true, regions: true, chains: true }),
  ];
  return { ...result, row: { ...result.row, figures: settle(figures, planned) } };
}

async function storedResult(
  planned: PlannedAccount,
  night: Night,
  store: Dependencies['store'],
  thresholds: ControlSettings,
): Promise<AccountResult> {
  if (planned.action === 'skip') {
    const status = planned.reason === 'suspended' ? 'suspended' : 'skipped';
    const row = accountRow(planned, { status, receipt: null, facts: null, gaps: [], figures: [] });
    return { ...resultOfGap(planned, { code: 'NO_RESULT' }, null), row, findings: [], gaps: [] };
  }
  const bytes = await store.get('work', work.accountResult(night.run, planned.account));
  if (bytes !== undefined) return fromJsonGz<AccountResult>(bytes);
  return resultOfGap(planned, { code: 'NO_RESULT' }, null, thresholds);
}

/** What the controls of the organisation find. */
const organizationFindings = (shared: OrganizationFile, { clock }: Night, thresholds: ControlSettings): FindingRow[] =>
  judgeOrganization({ account: 'organization', clock, shared, settings: shared.settings }, thresholds);

function summaryOf(
  night: Night,
  plan: RunPlan,
  totals: Totals,
  tally: NightTally,
  versions: Readonly<Record<string, string>>,
): Omit<NightSummary, 'findings' | 'findingsBySeverity' | 'controls'> {
  const metrics = totals.metrics(allMetrics, plan.ous, []);
  return {
    schema: 'assay/summary/2',
    run: {
      id: night.run,
      kind: night.kind,
      start: windowStart({ clock: night.clock, days: night.windowDays }),
      end: night.clock,
      window: night.windowDays,
      clock: night.clock,
      versions: { ...versions },
    },
    scope: {
      source: night.input.source,
      organization: plan.organization,
      managementAccount: plan.managementAccount,
      accountsFrom: plan.accountsFrom,
      note: plan.note,
      digest: night.scopeDigest,
    },
    completeness: {
      accounts: tally.accounts,
      identities: tally.identities,
      gaps: tally.gaps(),
      accountsNotMeasured: tally.notMeasured,
      freshness: {
        credentialReportOldest: tally.oldestReport,
        credentialReportNewest: tally.newestReport,
        iamLagHours: 4,
      },
      regions: { accountsAssumed: tally.assumedRegions, accountsUntracked: tally.untrackedAccounts },
    },
    counts: { ...tally.counts, aiKeyUsersUnread: unreadUsers(metrics) },
    agents: tally.agents,
    metrics,
    leftOut: totals.leftOut(allMetrics),
    logging: tally.logging(),
    ous: [...plan.ous],
    sensitive: {
      list: sensitiveList,
      version: sensitiveVersion,
      permissions: sensitivePermissions.length,
      catalogue: catalogueVersion,
      unclassified: [...unclassifiedAiActions()],
    },
    notBuilt: untilNow,
  };
}

/** Users whose AI keys were not read, those of accounts that were measured before included: what stands beside `aiKeysLive`. */
const unreadUsers = (metrics: NightSummary['metrics']): number =>
  metrics.find(({ id, scope }) => id === 'credential.ai-key-user-rate' && scope === 'organization')?.unread ?? 0;

/** An object of the work area without which the night cannot go on. */
async function needed(store: Dependencies['store'], key: string): Promise<Uint8Array> {
  const bytes = await store.get('work', key);
  if (bytes === undefined) throw new Error(`${key} is not in the work area`);
  return bytes;
}
