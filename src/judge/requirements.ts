import {
  type FrameworkId,
  type Frameworks,
  frameworks,
  type Limit,
  type Requirement,
} from '../catalogue/frameworks/index.ts';
import { allControls } from '../controls/all.ts';
import type { Control } from '../controls/define.ts';
import { agentSubset } from '../domain/identity.ts';
import { addShares, noShare, type Share, unknownOf, type Worse } from '../domain/share.ts';
import type { Figure, FindingRow, FindingStatus } from '../domain/tables.ts';
import type { Metric } from '../metrics/define.ts';
import * as metrics from '../metrics/index.ts';
import type { ControlSettings } from './findings.ts';

/** A requirement with what speaks to it. */
export interface AskedRequirement extends Requirement {
  readonly framework: FrameworkId;
  readonly controls: readonly Control[];
  readonly metrics: readonly Metric[];
}

const allMetrics = Object.values(metrics) as readonly Metric[];

const speaks = ({ frameworks: own }: { readonly frameworks?: Frameworks }, framework: FrameworkId, id: string) =>
  own?.[framework]?.includes(id) === true;

/** Every requirement of every framework, in the order of reports, with the controls and figures that name it. */
export const askedRequirements: readonly AskedRequirement[] = frameworks.flatMap(({ id: framework, requirements }) =>
  requirements.map((requirement) => ({
    ...requirement,
    framework,
    controls: allControls.filter((control) => speaks(control, framework, requirement.id)),
    metrics: allMetrics.filter((metric) => speaks(metric, framework, requirement.id)),
  })),
);

/** Names one requirement of all frameworks. */
export const requirementKey = ({ framework, id }: Pick<AskedRequirement, 'framework' | 'id'>): string =>
  `${framework}/${id}`;

/** What a requirement asks for, where it states a number: `unusedDays` of `unused-credentials` at most 45. */
export const limitWords = (limit: Limit): string =>
  `\`${limit.threshold}\` of \`${limit.control}\` ${'atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`}`;

/** What was asked of a night: thresholds of controls, and the window in days. */
export interface AskedOfNight {
  readonly settings: ControlSettings;
  readonly window: number;
}

/**
 * Why nothing that was found can show that a requirement is met: a configured threshold, or the window, is laxer than the number it
 * states. Null: none is.
 */
export function laxerThan(requirement: AskedRequirement, { settings, window }: AskedOfNight): string | null {
  const words = [laxerThreshold(requirement, settings), laxerWindow(requirement, window)].filter((it) => it !== null);
  return words.length === 0 ? null : words.join('; ');
}

const laxerWindow = ({ windowAtMost }: AskedRequirement, window: number): string | null =>
  windowAtMost === undefined || window <= windowAtMost
    ? null
    : `it asks for ${windowWords(windowAtMost)}; that of the night has ${window}`;

/** What a requirement asks of the window. */
export const windowWords = (days: number): string => `a window of at most ${days} days`;

function laxerThreshold({ limit, controls }: AskedRequirement, settings: ControlSettings): string | null {
  if (limit === undefined) return null;
  const set =
    settings[limit.control]?.[limit.threshold] ??
    controls.find(({ id }) => id === limit.control)?.thresholds[limit.threshold];
  if (set === undefined) throw new TypeError(`no threshold: ${limitWords(limit)}`);
  const isLaxer = 'atMost' in limit ? set > limit.atMost : set < limit.atLeast;
  return isLaxer ? `it asks for ${limitWords(limit)}; ${set} is configured` : null;
}

/** Worst first: what fails fails, whatever else is not known; and what is not known never passes. */
const worstFirst: readonly FindingStatus[] = ['fail', 'not-measured', 'pass', 'not-applicable'];

/** The worst of many results; null of none. */
export const worstOf = (statuses: Iterable<FindingStatus>): FindingStatus | null => {
  const all = new Set(statuses);
  return worstFirst.find((status) => all.has(status)) ?? null;
};

/**
 * A figure as a result: it fails where one item is known to be on the bad side, and passes only where every item is known to be on the
 * good one. `open`: items may exist that were never counted.
 */
export function statusOfShare(share: Share, worse: Worse, open: boolean): FindingStatus {
  const bad = worse === 'higher' ? share.numerator : share.denominator - share.numerator;
  if (bad > 0) return 'fail';
  if (open || unknownOf(share) > 0) return 'not-measured';
  return share.denominator > 0 ? 'pass' : 'not-applicable';
}

/** What the figures of one account say, by metric: on effective permissions, whatever the kind. */
export function statusesOfFigures(figures: readonly Figure[]): Map<string, FindingStatus> {
  const found = new Map<string, FindingStatus>();
  for (const { id, worse } of allMetrics) {
    const own = figures.filter((figure) => figure.id === id && countsOnce(figure));
    if (own.length === 0) continue;
    const open = own.some(({ population }) => population === 'never-measured');
    found.set(id, statusOfShare(own.reduce<Share>(addShares, noShare), worse, open));
  }
  return found;
}

/** Kinds add up to the whole; agent roles and classes count some of it again. */
const countsOnce = ({ basis, kind, class: sensitive }: Figure): boolean =>
  basis === 'effective' && kind !== agentSubset && sensitive === null;

/** A finding for what could not be listed: behind it there may be any number of resources. */
export const hidesOthers = ({ resource, status }: Pick<FindingRow, 'resource' | 'status'>): boolean =>
  resource === '*' && status === 'not-measured';
