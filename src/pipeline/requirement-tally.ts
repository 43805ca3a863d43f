import { bounds, pessimisticBound, type Share } from '../domain/share.ts';
import type { FindingCounts, RequirementSummary } from '../domain/summary.ts';
import { type AccountRow, type FindingRow, type FindingStatus, findingStatuses } from '../domain/tables.ts';
import {
  type AskedOfNight,
  type AskedRequirement,
  askedRequirements,
  hidesOthers,
  laxerThan,
  requirementKey,
  statusesOfFigures,
  worstOf,
} from '../judge/requirements.ts';
import { byKey, summed, zeroes } from './counts.ts';

/** What of one requirement adds up. */
interface Counted {
  readonly findings: FindingCounts;
  readonly accounts: FindingCounts;
  /** The organisation's own findings by result. */
  readonly organization: FindingCounts;
  /** Populations that could not be listed whole. */
  readonly hidden: number;
  /** Failing findings that an exception covers. */
  readonly excepted: number;
}

/** What a `RequirementTally` is written down as. */
export type RequirementTallyData = readonly (readonly [requirement: string, counted: Counted])[];

const nothing: Counted = {
  findings: zeroes(findingStatuses),
  accounts: zeroes(findingStatuses),
  organization: zeroes(findingStatuses),
  hidden: 0,
  excepted: 0,
};

/** Results by requirement, account by account. Addition is associative and commutative. */
export class RequirementTally {
  readonly #counted = new Map<string, Counted>();

  /** Adds one account: by the worst of its findings and figures that speak to a requirement. */
  add(findings: readonly FindingRow[], figures: AccountRow['figures']): void {
    const byControl = grouped(findings);
    const byFigure = statusesOfFigures(figures);
    for (const requirement of askedRequirements) {
      const own = countedIn(requirement, byControl);
      const said = requirement.metrics.flatMap(({ id }) => byFigure.get(id) ?? []);
      const worst = worstOf([...found(own.findings), ...said]);
      if (worst !== null) this.#add(requirementKey(requirement), { ...own, accounts: one(worst) });
    }
  }

  /** Adds the findings about the organisation itself. */
  addOrganization(findings: readonly FindingRow[]): void {
    const byControl = grouped(findings);
    for (const requirement of askedRequirements) {
      const own = countedIn(requirement, byControl);
      if (found(own.findings).length > 0)
        this.#add(requirementKey(requirement), { ...own, organization: own.findings });
    }
  }

  #add(key: string, counted: Counted): void {
    const there = this.#counted.get(key);
    this.#counted.set(key, there === undefined ? counted : summed(there, counted));
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: RequirementTallyData): void {
    for (const [key, counted] of data) this.#add(key, counted);
  }

  toJSON(): RequirementTallyData {
    return [...this.#counted].sort(byKey);
  }

  /**
   * `accountsListed` false: an organisation exists whose accounts nobody could list, so nothing passes. `asked`: thresholds and
   * window of the night; what passed by a laxer one than the requirement states is not measured.
   */
  summary(accountsListed: boolean, asked: AskedOfNight): RequirementSummary[] {
    return askedRequirements.map((requirement) => {
      const counted = this.#counted.get(requirementKey(requirement)) ?? nothing;
      const laxer = laxerThan(requirement, asked);
      return { ...summaryOf(requirement, laxer === null ? counted : doubted(counted), accountsListed), laxer };
    });
  }
}

/** The same without anything that passes: it fails or is not measured. */
const doubted = ({ findings, accounts, organization, ...others }: Counted): Counted => ({
  ...others,
  findings: withoutPass(findings),
  accounts: withoutPass(accounts),
  organization: withoutPass(organization),
});
const withoutPass = (counts: FindingCounts): FindingCounts => ({
  ...counts,
  pass: 0,
  'not-measured': counts['not-measured'] + counts.pass,
});

const one = (status: FindingStatus): FindingCounts => ({ ...zeroes(findingStatuses), [status]: 1 });
const found = (counts: FindingCounts): FindingStatus[] => findingStatuses.filter((status) => counts[status] > 0);

type ByControl = ReadonlyMap<string, Pick<Counted, 'findings' | 'hidden' | 'excepted'>>;

function grouped(rows: readonly FindingRow[]): ByControl {
  const byControl = new Map<string, { findings: FindingCounts; hidden: number; excepted: number }>();
  for (const row of rows) {
    const there = byControl.get(row.control) ?? { findings: zeroes(findingStatuses), hidden: 0, excepted: 0 };
    byControl.set(row.control, there);
    there.findings[row.status] += 1;
    if (hidesOthers(row)) there.hidden += 1;
    if (row.status === 'fail' && row.exception !== null) there.excepted += 1;
  }
  return byControl;
}

const countedIn = ({ controls }: AskedRequirement, byControl: ByControl): Counted => {
  const own = controls.flatMap(({ id }) => byControl.get(id) ?? []);
  return {
    ...nothing,
    findings: own.map(({ findings }) => findings).reduce(summed, nothing.findings),
    hidden: own.reduce((sum, { hidden }) => sum + hidden, 0),
    excepted: own.reduce((sum, { excepted }) => sum + excepted, 0),
  };
};

function summaryOf(
  asked: AskedRequirement,
  counted: Counted,
  accountsListed: boolean,
): Omit<RequirementSummary, 'laxer'> {
  const { findings, excepted, accounts, organization, hidden } = counted;
  const isAsked = asked.controls.length + asked.metrics.length > 0;
  const unlisted = isAsked && accountsListed ? [] : (['not-measured'] as const);
  return {
    framework: asked.framework,
    id: asked.id,
    label: asked.label,
    proposal: asked.proposal === true,
    controls: asked.controls.map(({ id }) => id),
    metrics: asked.metrics.map(({ id }) => id),
    answers: asked.answers,
    notCovered: asked.notCovered,
    result: worstOf([...found(accounts), ...found(organization), ...unlisted]) ?? 'not-applicable',
    findings,
    excepted,
    rate: rateOf(findings, hidden > 0 || !accountsListed),
    accounts,
    organization: worstOf(found(organization)),
  };
}

/** Findings that pass, of those that apply; what was not measured may be either, and what was not listed any number of them. */
function rateOf(findings: FindingCounts, open: boolean): RequirementSummary['rate'] {
  const share: Share = {
    numerator: findings.pass,
    denominator: findings.pass + findings.fail,
    untrackable: 0,
    unread: findings['not-measured'],
  };
  const ends = bounds(share);
  if (ends === undefined) return null;
  const { numerator, denominator, unread } = share;
  const pessimistic = pessimisticBound(share, 'lower', open) ?? 0;
  return { numerator, denominator, unread, lower: ends[0], upper: ends[1], pessimistic, open };
}
