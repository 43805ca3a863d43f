import type { GuardrailSettings } from '../domain/guardrail-settings.ts';
import type { AccountResult } from '../domain/result.ts';
import { ActionTally, type ActionTallyData } from './action-tally.ts';
import { ExceptionTally, type ExceptionTallyData } from './exception-tally.ts';
import { FindingTally, type FindingTallyData } from './finding-tally.ts';
import { ForwardingTally, type ForwardingTallyData } from './forwarding-tally.ts';
import { NightTally, type TallyData } from './night-tally.ts';
import { OpeningTally, type OpeningTallyData } from './opening-tally.ts';
import { PracticeTally, type PracticeTallyData } from './practice-tally.ts';
import { RequirementTally, type RequirementTallyData } from './requirement-tally.ts';
import { Totals, type TotalsData } from './totals.ts';

/** What a `NightPart` is written down as. */
export interface NightPartData {
  readonly totals: TotalsData;
  readonly tally: TallyData;
  readonly findings: FindingTallyData;
  readonly exceptions: ExceptionTallyData;
  readonly requirements: RequirementTallyData;
  readonly practices: PracticeTallyData;
  readonly forwarding: ForwardingTallyData;
  readonly actions: ActionTallyData;
  readonly openings: OpeningTallyData;
}

/**
 * What some accounts of a night add up to: counts and shares, never averages. Merging is associative and commutative, and a part written
 * down is the same bytes however its accounts came together: so a night of any size merges as a tree.
 */
export class NightPart {
  readonly totals = new Totals();
  readonly tally = new NightTally();
  readonly findings = new FindingTally();
  readonly exceptions = new ExceptionTally();
  readonly requirements = new RequirementTally();
  readonly practices = new PracticeTally();
  readonly forwarding = new ForwardingTally();
  readonly openings = new OpeningTally();
  readonly actions: ActionTally;

  /** `settings`: what is asked of guardrails, where that is not the defaults. */
  constructor(settings?: GuardrailSettings) {
    this.actions = new ActionTally(settings);
  }

  /** Adds one account with its place in the plan and why it is not fully measured. Each account is added once. */
  add(result: AccountResult, causes: readonly string[], place: number): void {
    this.totals.add(result.row, place);
    this.tally.addRow(result.row, causes, place);
    this.tally.addResult(result);
    this.tally.addGaps(result.gaps, place);
    this.openings.add(result.row.status, result.gaps);
    this.findings.add(result.findings);
    this.requirements.add(result.findings, result.row.figures);
    this.practices.add(result.row.status, result.practices);
    this.forwarding.add(result.forwarding);
  }

  merge({
    totals,
    tally,
    findings,
    exceptions,
    requirements,
    practices,
    forwarding,
    actions,
    openings,
  }: NightPartData): void {
    this.totals.merge(totals);
    this.tally.merge(tally);
    this.findings.merge(findings);
    this.exceptions.merge(exceptions);
    this.requirements.merge(requirements);
    this.practices.merge(practices);
    this.forwarding.merge(forwarding);
    this.actions.merge(actions);
    this.openings.merge(openings);
  }

  toJSON(): NightPartData {
    const { totals, tally, findings, exceptions, requirements, practices, forwarding, actions, openings } = this;
    return {
      totals: totals.toJSON(),
      tally: tally.toJSON(),
      findings: findings.toJSON(),
      exceptions: exceptions.toJSON(),
      requirements: requirements.toJSON(),
      practices: practices.toJSON(),
      forwarding: forwarding.toJSON(),
      actions: actions.toJSON(),
      openings: openings.toJSON(),
    };
  }
}
