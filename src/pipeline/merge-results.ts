import { catalogueVersion } from '../catalogue/actions.ts';
import {
  sensitiveList,
  sensitivePermissions,
  sensitiveVersion,
  unclassifiedAiActions,
} from '../catalogue/sensitive/index.ts';
import type { Batch, Night, Pointer, RunPlan } from '../domain/night.ts';
import { type NightSummary, summarySchema } from '../domain/summary.ts';
import { windowStart } from '../domain/window.ts';
import { summaryKey } from '../evidence/run-files.ts';
import type { Dependencies } from './dependencies.ts';
import { allMetrics } from './judge-account.ts';
import { work } from './keys.ts';
import { NightPart, type NightPartData } from './night-part.ts';
import { untilNow } from './not-built.ts';
import { archive, fetchPointer, fromJson, fromJsonGz, needed, toJson } from './stored.ts';
import { TableWriter } from './table-writer.ts';

export interface MergeResultsInput {
  readonly night: Night;
  readonly plan: Pointer;
  readonly batches: Pointer;
}

/** Adds the batches up to the night's summary. A batch without a part is a bug: `MergeBatch` ends the night where it fails. */
export async function mergeResults(
  { night, plan: pointer, batches }: MergeResultsInput,
  { store, settings }: Dependencies,
): Promise<{ readonly summary: Pointer }> {
  const plan = fromJson<RunPlan>(await fetchPointer(store, 'archive', pointer));
  const part = new NightPart(settings.guardrails);
  for (const { number } of fromJson<readonly Batch[]>(await fetchPointer(store, 'work', batches)))
    part.merge(fromJsonGz<NightPartData>(await needed(store, work.nightPart(night.run, number))));
  const summary = {
    ...summaryOf(night, plan, part, settings.versions),
    ...part.findings.summary(settings.thresholds ?? {}),
    exceptions: part.exceptions.summary(settings.exceptions ?? [], night.clock),
    requirements: part.requirements.summary(plan.accountsListed, {
      settings: settings.thresholds ?? {},
      window: night.windowDays,
    }),
  };
  const central = new TableWriter(store, night, 0); // before the parts of the batches, which begin with 1
  await central.add('actions', part.actions.centralRows());
  await central.finish();
  return { summary: await archive(store, summaryKey(night), toJson(summarySchema.parse(summary))) };
}

function summaryOf(
  night: Night,
  plan: RunPlan,
  { totals, tally, practices, forwarding, actions, openings }: NightPart,
  versions: Readonly<Record<string, string>>,
): Omit<NightSummary, 'findings' | 'findingsBySeverity' | 'excepted' | 'exceptions' | 'controls' | 'requirements'> {
  const metrics = totals.metrics(allMetrics, plan);
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
      openings: openings.summary(),
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
    practices: practices.summary(plan.accountsListed),
    forwarding: forwarding.summary(),
    actions: actions.summary(metrics, plan.ous),
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
