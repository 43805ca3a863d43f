import { type PracticeId, practiceIds } from '../domain/practice.ts';
import type { NightSummary } from '../domain/summary.ts';
import { type FigureView, figureView } from './figures.ts';
import { guardrailWords } from './guardrail-words.ts';
import { integer, plural } from './numbers.ts';
import {
  type PartWords,
  type PracticeWords,
  partWords,
  plainPart,
  practiceStatus,
  practiceWords,
} from './practice-words.ts';
import type { StatusView } from './status.ts';
import { capital } from './words.ts';

/** A practice over all accounts. */
export type Practice = NightSummary['practices'][number];

/** A practice of the summary; one that it lacks was not measured. */
export const practiceIn = (summary: NightSummary, id: PracticeId): Practice =>
  summary.practices.find(({ practice }) => practice === id) ?? {
    practice: id,
    state: 'not-measured',
    accounts: { 'in-place': 0, partly: 0, open: 0, 'not-measured': 0, 'not-applicable': 0 },
    management: null,
    parts: [],
  };

/** One practice over all accounts: state, evidence, gap, fix. */
export interface PracticeView extends PracticeWords {
  readonly id: PracticeId;
  readonly number: string;
  readonly status: StatusView;
  /** `Open in 13 of 22 accounts, partly in 4, in place in 5.` */
  readonly counts: string;
  /** What is so in the management account. */
  readonly management: string;
  readonly evidence: readonly { readonly name: string; readonly text: string }[];
  readonly figures: readonly { readonly name: string; readonly figure: FigureView }[];
  readonly gaps: readonly string[];
  readonly fixes: readonly PartWords[];
}

/** The figures that a practice rests on. */
const figuresOf: Readonly<Record<PracticeId, Readonly<Record<string, string>>>> = {
  'workspace-administration': {
    'guardrail.coverage:ai-workspace-admin-allow-list': 'Administration closed to everybody',
    'guardrail.coverage:ai-workspace-data-allow-list': 'Use closed to everybody',
  },
  'no-long-term-ai-credentials': {
    'credential.ai-key-user-rate': 'IAM users with a live AI key',
    'guardrail.coverage:no-ai-key-creation': 'Making keys denied',
    'guardrail.coverage:no-long-term-ai-key-use': 'Using long-term keys denied',
  },
  'ai-data-events-logged': { 'logging.ai-data-event-coverage': 'AI data events logged in full' },
};

export const practiceViews = (summary: NightSummary): PracticeView[] =>
  practiceIds.map((id, at) => practiceView(summary, practiceIn(summary, id), at + 1));

function practiceView(summary: NightSummary, practice: Practice, number: number): PracticeView {
  const id = practice.practice;
  return {
    ...practiceWords[id],
    id,
    number: String(number),
    status: practiceStatus[practice.state],
    counts: countsOf(practice),
    management: managementWords(practice),
    evidence: practice.parts.map(({ part }) => ({ name: wordsOf(part).name, text: partCounts(practice, part) })),
    figures: Object.entries(figuresOf[id]).map(([figure, name]) => ({
      name,
      figure: figureView(summary, { id: figure, what: name }),
    })),
    gaps: gapsOf(practice),
    fixes: practice.parts
      .filter(({ part, accounts: all }) => missingOf(partAccounts(practice, part) ?? all) > 0)
      .map(({ part }) => wordsOf(part)),
  };
}

export const missingOf = ({ open, partly }: Counts): number => open + partly;

export const wordsOf = (part: string): PartWords => partWords[part] ?? plainPart(part);

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Accounts where the practice applies. */
export const judgedAccounts = ({ accounts }: Practice): number => total(accounts) - accounts['not-applicable'];

/** `Open in 13 of 22 accounts, partly in 4, in place in 5, not measured in 1.` The management account is left to its own sentence. */
export function countsOf(practice: Practice): string {
  const { accounts } = practice;
  const all = judgedAccounts(practice);
  if (all === 0) return 'No account was judged.';
  const others = [
    ...(accounts.partly > 0 ? [`partly in ${integer(accounts.partly)}`] : []),
    `in place in ${integer(accounts['in-place'])}`,
    ...(accounts['not-measured'] > 0 ? [`not measured in ${integer(accounts['not-measured'])}`] : []),
  ];
  return `${[`Open in ${integer(accounts.open)} of ${plural(all, 'account')}`, ...others].join(', ')}.`;
}

/**
 * Accounts by the state of a part. A guardrail counts where an SCP can bind, as its figure does: the management account, which the rows
 * of a practice that applies there call open, is left out.
 */
export function partAccounts({ management, accounts: all, parts }: Practice, id: string): Counts | undefined {
  const accounts = parts.find(({ part }) => part === id)?.accounts;
  if (accounts === undefined) return undefined;
  const unfenced = management !== null && all['not-applicable'] === 0 && guardrailWords[id] !== undefined;
  return unfenced ? { ...accounts, open: accounts.open - 1 } : accounts;
}

type Counts = Practice['parts'][number]['accounts'];

function managementWords({ management, practice }: Practice): string {
  if (management === null) return 'Which account manages the organisation is not known, or there is none.';
  if (management === 'not-applicable')
    return 'No SCP binds the management account: nothing there can be fenced. Keep AI workloads and workspaces out of it.';
  const unfenced =
    practice === 'no-long-term-ai-credentials' ? ' No SCP binds it, so it can never be in place there.' : '';
  return `Management account: ${practiceStatus[management].word}.${unfenced}`;
}

function partCounts(practice: Practice, part: string): string {
  const accounts = partAccounts(practice, part);
  if (accounts === undefined) return 'no account was judged';
  const words = { 'in-place': 'in place', partly: 'partly', open: 'open', 'not-measured': 'not measured' } as const;
  const told = (Object.keys(words) as (keyof typeof words)[])
    .filter((state) => accounts[state] > 0)
    .map((state) => `${words[state]} in ${plural(accounts[state], 'account')}`);
  return told.length === 0 ? 'no account was judged' : told.join(', ');
}

/** What is missing, part by part; what was not measured is a gap as well. */
function gapsOf(practice: Practice): string[] {
  return practice.parts.flatMap(({ part, accounts: all }) => {
    const accounts = partAccounts(practice, part) ?? all;
    const { name, gap } = wordsOf(part);
    const missing = missingOf(accounts);
    return [
      ...(missing > 0 ? [`${name}: in ${plural(missing, 'account')} ${gap}.`] : []),
      ...(accounts['not-measured'] > 0
        ? [`${name}: not measured in ${plural(accounts['not-measured'], 'account')}.`]
        : []),
    ].map(capital);
  });
}
