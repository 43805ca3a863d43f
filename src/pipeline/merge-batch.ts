import { isBeyondUs } from '../domain/gap.ts';
import type { Batch, Night, PlannedAccount, Pointer, RunPlan } from '../domain/night.ts';
import type { AccountResult } from '../domain/result.ts';
import type { FindingRow } from '../domain/tables.ts';
import { withExceptions } from '../judge/exceptions.ts';
import { type ControlSettings, findingsOfGap, judgeOrganization } from '../judge/findings.ts';
import { type AnalyzerHolders, analyzerHolders, underOrganizationAnalyzers } from '../judge/organization-analyzers.ts';
import { accountRow } from '../judge/rows.ts';
import { figuresOf } from '../metrics/figures.ts';
import type { Dependencies } from './dependencies.ts';
import type { OrganizationFile } from './discover-organization.ts';
import { allMetrics } from './judge-account.ts';
import { work } from './keys.ts';
import { NightPart } from './night-part.ts';
import { resultOfGap } from './record-account-gap.ts';
import { fetchPointer, fromJson, fromJsonGz, needed, toJsonGz } from './stored.ts';
import { TableWriter } from './table-writer.ts';
import { settle } from './totals.ts';

export interface MergeBatchInput {
  readonly night: Night;
  readonly plan: Pointer;
  readonly batch: Batch;
}

/**
 * Adds up the results of consecutive accounts of the plan and writes their part of every table; an account without a result is a gap, never
 * a missing row. The first batch also tells what of the organisation was not read.
 */
export async function mergeBatch(
  { night, plan: pointer, batch }: MergeBatchInput,
  { store, settings }: Dependencies,
): Promise<{ readonly number: number; readonly accounts: number }> {
  const plan = fromJson<RunPlan>(await fetchPointer(store, 'archive', pointer));
  const organization = fromJsonGz<OrganizationFile>(await needed(store, work.organization(night.run)));
  const { gaps: shared } = organization;
  const { thresholds = {}, exceptions = [] } = settings;
  const planned = new Set<string>(plan.accounts.map(({ account }) => account));
  const [part, tables] = [new NightPart(settings.guardrails), new TableWriter(store, night, batch.number)];
  if (batch.from === 0) {
    await tables.add('gaps', shared);
    part.tally.addGaps(
      shared.filter(({ account }) => !planned.has(account)),
      -1,
    );
    const findings = organizationFindings(organization, night, settings);
    part.findings.add(findings);
    part.exceptions.add(findings, exceptions, night.clock);
    part.requirements.addOrganization(findings);
    part.actions.addOrganization(findings);
    await tables.add('findings', findings);
  }
  const analyzers = await analyzersOf(organization, plan, night, store);
  for (const [index, account] of plan.accounts.slice(batch.from, batch.to).entries()) {
    const judged = await resultOf(account, night, store, thresholds);
    const result = {
      ...judged,
      findings: underOrganizationAnalyzers(judged.findings, analyzers.holders, analyzers.findings),
    };
    // What Discover could not read of an account counts with that account's own gaps.
    const more = shared.filter((gap) => gap.account === account.account);
    const whole = { ...result, gaps: [...more, ...result.gaps] };
    part.add(whole, causesOf(result), batch.from + index);
    await tables.add('actions', part.actions.add(whole, ownerOf(account, plan), batch.from + index));
    part.exceptions.add([...result.findings, ...unasked(account)], exceptions, night.clock);
    await tables.addResult(result);
  }
  await tables.finish();
  await store.put('work', work.nightPart(night.run, batch.number), await toJsonGz(part));
  return { number: batch.number, accounts: batch.to - batch.from };
}

/** Who answers for an account: its tag `owner`, else its unit, else its name. */
function ownerOf({ account, name, ou, owner }: PlannedAccount, { ous }: Pick<RunPlan, 'ous'>): string {
  const unit = ous.find(({ id }) => id === ou.at(-1))?.name;
  return owner ?? unit ?? name ?? account;
}

/** What is not known of an account that was not selected: an exception may be about it. */
const unasked = ({ account, reason }: PlannedAccount): FindingRow[] =>
  reason === 'not-selected' ? findingsOfGap(account, { code: 'NO_RESULT' }, {}) : [];

/** Why an account is not fully measured, the first three causes. */
const causesOf = ({ row, gaps }: AccountResult): string[] => {
  const own = gaps.filter(({ gap }) => !isBeyondUs(gap)).map(({ cause }) => cause);
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
    return { ...resultOfGap(planned, { code: 'NO_RESULT' }, null), row, findings: [], practices: [], gaps: [] };
  }
  const bytes = await store.get('work', work.accountResult(night.run, planned.account));
  if (bytes !== undefined) return fromJsonGz<AccountResult>(bytes);
  return resultOfGap(planned, { code: 'NO_RESULT' }, null, thresholds);
}

/** The accounts that may hold analyzers of the organisation, and what was found in them. */
async function analyzersOf(
  { managementAccount, settings }: OrganizationFile,
  { accounts }: RunPlan,
  night: Night,
  store: Dependencies['store'],
): Promise<{ readonly holders: AnalyzerHolders; readonly findings: readonly FindingRow[] }> {
  const holders = analyzerHolders(managementAccount, settings);
  const findings: FindingRow[] = [];
  for (const planned of accounts.filter(({ account }) => holders.accounts.includes(account))) {
    const { findings: found } = await storedResult(planned, night, store, {});
    const skipped = planned.action === 'skip' ? findingsOfGap(planned.account, { code: 'NO_RESULT' }, {}) : [];
    findings.push(...found, ...skipped);
  }
  return { holders, findings };
}

/** What the controls of the organisation find. */
function organizationFindings(
  shared: OrganizationFile,
  { clock }: Night,
  { thresholds = {}, exceptions = [] }: Dependencies['settings'],
): FindingRow[] {
  const subject = { account: 'organization', clock, shared, settings: shared.settings };
  return withExceptions(judgeOrganization(subject, thresholds), exceptions, clock);
}
