import type { ControlSummary, NightSummary } from '../../domain/summary.ts';
import { countWords, thresholdWords } from '../controls.ts';
import { exceptionViews } from '../exceptions.ts';
import { integer, plural } from '../numbers.ts';

/** A control as an auditor checks it: what was asked, how it was known, what was found. */
export interface ControlSheet {
  readonly title: string;
  readonly id: string;
  readonly severity: string;
  readonly version: string;
  readonly method: string;
  readonly population: string;
  readonly thresholds: string;
  readonly requirements: string;
  readonly calls: string;
  readonly findings: string;
  readonly accounts: string;
  /** What of it is excepted, and by which exceptions. */
  readonly exceptions: string;
}

export const controlSheets = (summary: NightSummary): ControlSheet[] =>
  summary.controls.map((control) => ({
    title: control.title,
    id: control.id,
    severity: control.severity,
    version: integer(control.version),
    method: control.method,
    population: control.scope === 'account' ? `every ${control.resourceType} of every account` : control.resourceType,
    thresholds: thresholdWords(control.thresholds),
    requirements:
      Object.entries(control.frameworks)
        .map(([id, requirements]) => `${id}: ${requirements.join(', ')}`)
        .join('; ') || 'none',
    calls: control.operations.join(', '),
    findings: countWords(control.findings),
    accounts: countWords(control.accounts),
    exceptions: exceptionWords(summary, control),
  }));

/** `3 of 19 failing findings, 1 of 12 failing accounts in whole: SEC-1 (active, until 2026-12-31, …)`; also those that cover nothing of it. */
function exceptionWords(summary: NightSummary, { id, excepted, findings, accounts }: ControlSummary): string {
  const exceptions = summary.exceptions.filter(({ controls }) => controls.includes(id));
  if (exceptions.length === 0) return 'None.';
  const named = exceptionViews({ ...summary, exceptions }).map(
    (it) => `${it.id} (${it.status.word}, until ${it.until}, approved by ${it.approver})`,
  );
  return `${integer(excepted.findings)} of ${plural(findings.fail, 'failing finding')}, ${integer(excepted.accounts)} of ${plural(accounts.fail, 'failing account')} in whole: ${named.join('; ')}.`;
}
