import { allControls } from '../controls/all.ts';
import type { ControlSummary, FindingCounts, NightSummary } from '../domain/summary.ts';
import { type FindingRow, type FindingStatus, findingStatuses, severities } from '../domain/tables.ts';
import type { ControlSettings } from '../judge/findings.ts';
import { byKey, summed, zeroes } from './counts.ts';

/** What one control found: findings, accounts by their worst one, and what of both is covered by exceptions. */
type Tallied = Pick<ControlSummary, 'findings' | 'accounts' | 'excepted'>;

const nothing = (): Tallied => ({
  findings: zeroes(findingStatuses),
  accounts: zeroes(findingStatuses),
  excepted: zeroes(['findings', 'accounts']),
});

/** Worst first: what an account is by its findings of one control. */
const worstFirst: readonly FindingStatus[] = ['fail', 'not-measured', 'pass', 'not-applicable'];

/** What a `FindingTally` is written down as: counts by control. */
export type FindingTallyData = readonly (readonly [control: string, counts: Tallied])[];

/** Findings counted by control, account by account. Addition is associative and commutative. */
export class FindingTally {
  readonly #byControl = new Map<string, Tallied>();

  /** Adds all findings of one account, or of the organisation. */
  add(rows: readonly FindingRow[]): void {
    for (const [control, own] of Map.groupBy(rows, (row) => row.control)) {
      const { findings, accounts, excepted } = this.#of(control);
      for (const { status } of own) findings[status] += 1;
      const seen = new Set(own.map(({ status }) => status));
      const worst = worstFirst.find((status) => seen.has(status));
      if (worst !== undefined) accounts[worst] += 1;
      const open = own.filter(({ status }) => status === 'fail');
      const covered = open.filter(({ exception }) => exception !== null).length;
      excepted.findings += covered;
      // Where something was not measured, an account is not known to be fine but for its exceptions.
      if (covered > 0 && covered === open.length && !seen.has('not-measured')) excepted.accounts += 1;
    }
  }

  #of(control: string): Tallied {
    const there = this.#byControl.get(control) ?? nothing();
    this.#byControl.set(control, there);
    return there;
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: FindingTallyData): void {
    for (const [control, counts] of data) this.#byControl.set(control, summed(this.#of(control), counts));
  }

  toJSON(): FindingTallyData {
    return [...this.#byControl].sort(byKey);
  }

  /** What the summary says of findings and of every control. */
  summary(settings: ControlSettings): Pick<NightSummary, 'findings' | 'findingsBySeverity' | 'excepted' | 'controls'> {
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
      excepted: {
        findings: exceptedOf(controls),
        bySeverity: Object.fromEntries(
          severities.map((severity) => [severity, exceptedOf(controls.filter((it) => it.severity === severity))]),
        ) as NightSummary['excepted']['bySeverity'],
      },
      controls,
    };
  }
}

const sum = (all: readonly FindingCounts[]): FindingCounts => all.reduce(summed, zeroes(findingStatuses));

const exceptedOf = (controls: readonly ControlSummary[]): number =>
  controls.reduce((total, { excepted }) => total + excepted.findings, 0);
