import type { NightSummary } from '../../domain/summary.ts';
import { countWords, thresholdWords } from '../controls.ts';
import { integer } from '../numbers.ts';

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
}

export const controlSheets = ({ controls }: NightSummary): ControlSheet[] =>
  controls.map((control) => ({
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
  }));
