import type { ControlSummary, NightSummary } from '../../domain/summary.ts';
import { severities } from '../../domain/tables.ts';
import { integer, plural } from '../numbers.ts';
import { findingPath } from './finding-pages.ts';

export interface ControlLine {
  readonly title: string;
  readonly id: string;
  readonly severity: string;
  readonly href: string | null;
  readonly fail: string;
  readonly excepted: string;
  readonly notMeasured: string;
  readonly pass: string;
  readonly notApplicable: string;
  readonly accounts: string;
}

/** The controls of a night, worst first; the findings themselves are on pages of their own. */
export interface ControlsView {
  readonly title: string;
  readonly controls: readonly ControlLine[];
}

export function controlsView({ controls, findings }: NightSummary, linked: boolean): ControlsView {
  const unread = findings['not-measured'];
  return {
    title: `${plural(findings.fail, 'finding fails', 'findings fail')} a control${unread === 0 ? '' : `, ${integer(unread)} could not be measured`}`,
    controls: controls.toSorted(worstFirst).map((control) => lineOf(control, linked)),
  };
}

const worstFirst = (a: ControlSummary, b: ControlSummary): number =>
  rank(a) - rank(b) ||
  b.findings.fail - a.findings.fail ||
  b.findings['not-measured'] - a.findings['not-measured'] ||
  (a.id < b.id ? -1 : 1);

/** What fails before what does not, then by severity. */
const rank = ({ severity, findings }: ControlSummary): number =>
  (findings.fail > 0 ? 0 : findings['not-measured'] > 0 ? 10 : 20) + severities.indexOf(severity);

function lineOf({ id, title, severity, findings, accounts, excepted }: ControlSummary, linked: boolean): ControlLine {
  const listed = findings.fail + findings['not-measured'] > 0;
  return {
    title,
    id,
    severity,
    href: linked && listed ? findingPath(id, 1) : null,
    fail: integer(findings.fail),
    excepted: excepted.findings === 0 ? '–' : integer(excepted.findings),
    notMeasured: integer(findings['not-measured']),
    pass: integer(findings.pass),
    notApplicable: integer(findings['not-applicable']),
    accounts: integer(accounts.fail),
  };
}
