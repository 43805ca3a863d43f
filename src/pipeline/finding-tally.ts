import { allControls } from '../controls/all.ts';
import type { ControlSummary, FindingCounts, NightSummary } from '../domain/summary.ts';
import { type FindingRow, type FindingStatus, findingStatuses, severities } from '../domain/tables.ts';
import type { ControlSettings } from '../judge/findings.ts';
import { byKey, summed, zeroes } from './counts.ts';

/** Worst first: what an account is by its findings of one control. */
const worstFirst: readonly FindingStatus[] = ['fail', 'not-measured', 'pass', 'not-applicable'];

/** What a `FindingTally` is written down as: counts by control. */
export type FindingTallyData = readonly (readonly [
  control: string,
  counts: { readonly findings: FindingCounts; readonly accounts: FindingCounts },
])[];

/** Findings counted by control, account by account. Addition is associative and commutative. */
export class FindingTally {
  readonly #byControl = new Map<string, { findings: FindingCounts; accounts: FindingCounts }>();

  /** Adds all findings of one account, or of the organisation. */
  add(rows: readonly FindingRow[]): void {
    const here = new Map<string, Set<FindingStatus>>();
    for (const { control, status } of rows) {
      this.#of(control).findings[status] += 1;
      const seen = here.get(control) ?? new Set();
      here.set(control, seen.add(status));
    }
    for (const [control, seen] of here) {
      const worst = worstFirst.find((status) => seen.has(status));
      if (worst !== undefined) this.#of(control).accounts[worst] += 1;
    }
  }

  #of(control: string): { findings: FindingCounts; accounts: FindingCounts } {
    const there = this.#byControl.get(control) ?? {
      findings: zeroes(findingStatuses),
      accounts: zeroes(findingStatuses),
    };
    this.#byControl.set(control, there);
    return there;
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: FindingTallyData): void {
    for (const [control, { findings, accounts }] of data) {
      const there = this.#of(control);
      Object.assign(there.findings, summed(there.findings, findings));
      Object.assign(there.accounts, summed(there.accounts, accounts));
    }
  }

  toJSON(): FindingTallyData {
    return [...this.#byControl].sort(byKey);
  }

  /** What the summary says of findings and of every control. */
  summary(settings: ControlSettings): Pick<NightSummary, 'findings' | 'findingsBySeverity' | 'controls'> {
    const controls = allControls.map(
      (control): ControlSummary => ({
        id: control.id,
        version: control.version,
        title: control.title,
        severity: control.severity,
        scope: control.scope,
        resourceType: control.resourceType,
        method: control.method,
        operations: [...control.operations],
        thresholds: { ...control.thresholds, ...settings[control.id] },
        frameworks: Object.fromEntries(Object.entries(control.frameworks).map(([id, them]) => [id, [...them]])),
        ...this.#of(control.id),
      }),
    );
    return {
      findings: sum(controls.map(({ findings }) => findings)),
      findingsBySeverity: Object.fromEntries(
        severities.map((severity) => [
          severity,
          sum(controls.filter((control) => control.severity === severity).map(({ findings }) => findings)),
        ]),
      ) as NightSummary['findingsBySeverity'],
      controls,
    };
  }
}

const sum = (all: readonly FindingCounts[]): FindingCounts => all.reduce(summed, zeroes(findingStatuses));
