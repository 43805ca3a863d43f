import type { NightSummary } from '../domain/summary.ts';
import { type Markup, name } from './markup.ts';
import { integer, moment, plural } from './numbers.ts';
import { accountStatusWords, completenessLine, scopeName, sourceWords } from './words.ts';

/** An account that hides part of the answer, and why. */
export interface NotMeasured {
  readonly name: Markup | null;
  readonly account: string;
  readonly status: string;
  readonly why: string;
}

/** What stands at the top of every report: who, when, how complete, and who is missing. */
export interface Masthead {
  readonly product: string;
  readonly report: string;
  readonly scope: string;
  readonly source: string;
  readonly note: string | null;
  readonly night: string;
  readonly run: string;
  readonly completeness: string;
  readonly complete: boolean;
  readonly notMeasured: readonly NotMeasured[];
  readonly more: string | null;
}

export interface MastheadOptions {
  readonly report: string;
  /** How many accounts are named before "and N more". */
  readonly named: number;
  readonly shorten?: (text: string) => string;
}

export function mastheadOf(
  summary: NightSummary,
  { report, named, shorten = (text) => text }: MastheadOptions,
): Masthead {
  const { accounts, accountsNotMeasured } = summary.completeness;
  const total = accounts.partial + accounts.failed;
  const shown = accountsNotMeasured.slice(0, named);
  const more = Math.max(total, accountsNotMeasured.length) - shown.length;
  return {
    product: 'Assay',
    report,
    scope: scopeName(summary),
    source: sourceWords[summary.scope.source],
    note: summary.scope.note,
    night: `${summary.run.kind === 'week' ? 'Week to' : 'Night of'} ${moment(summary.run.clock)}`,
    run: summary.run.id,
    completeness: completenessLine(summary),
    complete: total + accounts.skipped === 0 && accounts.discovered > 0,
    notMeasured: shown.map((it) => ({
      name: it.name === null ? null : name(shorten(it.name)),
      account: it.account,
      status: accountStatusWords[it.status] ?? it.status,
      why: shorten(causesOf(it.causes)),
    })),
    more: more > 0 ? `and ${plural(more, 'more account', 'more accounts')}` : null,
  };
}

function causesOf(causes: readonly string[]): string {
  const [first = 'no cause was recorded', ...others] = causes;
  return others.length === 0 ? first : `${first}, and ${integer(others.length)} more`;
}

/** The line at the foot of every PDF page. */
export function footerOf(summary: NightSummary, report: string): string {
  return [`Assay, ${report}`, scopeName(summary), moment(summary.run.clock), `run ${summary.run.id}`, 'internal'].join(
    ' · ',
  );
}
