import { frameworks } from '../catalogue/frameworks/index.ts';
import type { ControlSummary, Metric, NightSummary, RequirementSummary } from '../domain/summary.ts';
import { methodOf } from './auditor/methods.ts';
import { findFigure, labelOf, shareView } from './figures.ts';
import { integer, percentRange, plural } from './numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';

/** A requirement as every page shows it. */
export interface RequirementView {
  readonly id: string;
  readonly label: string;
  readonly proposal: boolean;
  readonly status: StatusView;
  /** `61–64 % of 1 204 findings pass, 88 not measured`, or why there is no rate. */
  readonly rate: string;
  /** Accounts by result, in words. */
  readonly accounts: string;
  readonly controls: readonly ControlLink[];
  readonly figures: readonly { readonly id: string; readonly text: string }[];
  readonly answers: string | null;
  readonly notCovered: string;
}

export interface ControlLink {
  readonly id: string;
  readonly title: string;
  readonly fails: boolean;
}

/** One framework, its requirements in its own order. */
export interface FrameworkView {
  readonly id: string;
  readonly name: string;
  readonly listed: string;
  readonly source: string;
  /** `3 fail, 2 not measured, 9 pass, 1 not applicable, 4 not answered`. */
  readonly counts: string;
  readonly requirements: readonly RequirementView[];
}

/** Whether anything that Assay reads speaks to a requirement. */
export const isAnswered = ({ answers }: Pick<RequirementSummary, 'answers'>): boolean => answers !== null;

const results = {
  fail: fails('fails'),
  'not-measured': unknownStatus('not measured'),
  pass: passes('passes'),
  'not-applicable': noStatus('not applicable'),
} as const;
const unanswered = unknownStatus('not answered');

export const requirementStatus = (requirement: RequirementSummary): StatusView =>
  isAnswered(requirement) ? results[requirement.result] : unanswered;

/** Requirements of one framework by what stands of them, worst first. */
export function resultCounts(own: readonly RequirementSummary[]): { readonly word: string; readonly count: number }[] {
  const words = [...Object.values(results), unanswered].map(({ word }) => word);
  return words.map((word) => ({ word, count: own.filter((it) => requirementStatus(it).word === word).length }));
}

/** Every framework of the night. */
export const frameworkViews = (summary: NightSummary): FrameworkView[] =>
  frameworks.map(({ id, name, listed, source }) => {
    const own = summary.requirements.filter(({ framework }) => framework === id);
    return {
      ...{ id, name, listed, source },
      counts: resultCounts(own)
        .map(({ word, count }) => `${integer(count)} ${word === 'fails' ? 'fail' : word === 'passes' ? 'pass' : word}`)
        .join(', '),
      requirements: own.map((requirement) => requirementView(summary, requirement)),
    };
  });

function requirementView(summary: NightSummary, requirement: RequirementSummary): RequirementView {
  const { id, label, proposal, answers, notCovered, laxer } = requirement;
  const controls = new Map(summary.controls.map((control) => [control.id, control]));
  return {
    ...{ id, label, proposal, answers },
    status: requirementStatus(requirement),
    rate: rateWords(requirement),
    accounts: accountWords(requirement),
    controls: requirement.controls.flatMap((own) => linkOf(controls.get(own))),
    figures: requirement.metrics.map((metric) => ({
      id: metric,
      text: labelOf(findFigure(summary, metric), methodOf(metric, 'items').title),
    })),
    notCovered:
      [laxer === null ? [] : `Not measured: ${laxer}.`, notCovered ?? []].flat().join(' ') ||
      'Nothing that we know of.',
  };
}

const linkOf = (control: ControlSummary | undefined): ControlLink[] =>
  control === undefined ? [] : [{ id: control.id, title: control.title, fails: control.findings.fail > 0 }];

function rateWords({ rate, controls, excepted }: RequirementSummary): string {
  if (rate === null) return controls.length === 0 ? 'no control' : 'nobody to count';
  const share = { ...rate, untrackable: 0, unknown: rate.unread } satisfies Partial<Metric>;
  const { unknown } = shareView(share);
  const population = rate.denominator + rate.unread;
  const passing = `${percentRange(rate.lower, rate.upper)} of ${plural(population, 'finding')} pass`;
  const agreed = excepted === 0 ? null : `${integer(excepted)} failing under an exception`;
  return [passing, unknown, agreed, rate.open ? 'open: some could not be listed' : null]
    .filter((it) => it !== null)
    .join(', ');
}

function accountWords({ accounts, organization }: RequirementSummary): string {
  const words = (['fail', 'not-measured', 'pass', 'not-applicable'] as const)
    .filter((status) => accounts[status] > 0)
    .map((status) => `${integer(accounts[status])} ${status.replace('-', ' ')}`);
  const own = organization === null ? [] : [`the organisation ${results[organization].word}`];
  return [...words, ...own].join(', ') || '–';
}
