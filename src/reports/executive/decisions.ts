import type { ChangeKind } from '../../domain/action-table.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { figureTitle, moveWords } from '../actions.ts';
import { keyCount } from '../ai-keys.ts';
import { findFigure, leastOf } from '../figures.ts';
import { integer, plural } from '../numbers.ts';
import { missingOf, partAccounts, practiceIn } from '../practices.ts';
import { identityRate, isOnPaperOnly } from '../sensitive.ts';
import { capital, unmeasured } from '../words.ts';
import { openingWords } from './opening.ts';

export interface Decision {
  readonly number: string;
  readonly what: string;
  readonly why: string;
}

type Draft = Omit<Decision, 'number'>;

/** From this share of accounts unmeasured on, access comes before everything else: the other figures rest on too little. */
const tooMuchMissing = 0.1;

/** As many decisions as an executive is asked for; opening accounts to measurement comes before them where too much is missing. */
const most = 3;

/** A rule that drafts a decision, and the changes whose effect on which figure speaks for it. */
interface Rule {
  readonly draft: (summary: NightSummary) => Draft | null;
  readonly kinds: readonly ChangeKind[];
  readonly metric: string;
}

const rules = {
  access: { draft: access, kinds: ['open-reading'], metric: 'completeness.accounts' },
  keys: { draft: keys, kinds: ['deactivate-ai-key'], metric: 'credential.ai-key-user-rate' },
  aiLogging: { draft: aiLogging, kinds: ['record-events'], metric: 'logging.ai-data-event-coverage' },
  sensitive: { draft: sensitive, kinds: ['delete-identity', 'take-back-permissions'], metric: identityRate },
  unused: { draft: unused, kinds: ['delete-identity'], metric: 'identity.unused-rate' },
  managementLogging: { draft: managementLogging, kinds: ['record-events'], metric: 'logging.management-coverage' },
  newKeys: { draft: newKeys, kinds: ['attach-scp'], metric: 'credential.ai-key-maker-rate' },
  workspaces: { draft: workspaces, kinds: ['attach-scp'], metric: 'guardrail.coverage:ai-workspace-admin-allow-list' },
} as const satisfies Readonly<Record<string, Rule>>;

/**
 * The decisions that follow from the figures: what moves its figure most once it is done comes first, as the queue of changes counts it.
 * Fixed rules, so that equal nights ask the same; one decision for each thing to decide.
 */
export function decisions(summary: NightSummary): Decision[] {
  const { discovered, suspended, failed, partial } = summary.completeness.accounts;
  const tooLittle = (failed + partial) / Math.max(discovered - suspended, 1) >= tooMuchMissing;
  // Permissions where they were judged: taking them back breaks less than removing who holds them.
  const power = sensitive(summary) === null ? rules.unused : rules.sensitive;
  const first: readonly Rule[] = [rules.keys, rules.aiLogging, rules.workspaces, power, rules.access];
  const ordered = first.toSorted((a, b) => gainOf(summary, b) - gainOf(summary, a));
  const led = tooLittle ? [rules.access, ...ordered.filter((it) => it !== rules.access)] : ordered;
  const drafts = [...led, rules.managementLogging, rules.newKeys].flatMap((rule) => {
    const draft = rule.draft(summary);
    return draft === null ? [] : [{ ...draft, why: `${draft.why}${effectWords(summary, rule)}` }];
  });
  return drafts.slice(0, tooLittle ? most + 1 : most).map((draft, at) => ({ number: String(at + 1), ...draft }));
}

/** The change kind of a rule that moves its figure most. */
function moveOf({ actions }: NightSummary, { kinds, metric }: Rule) {
  const moves = actions.kinds
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ moves: all }) => all.filter((move) => move.metric === metric && move.gain > 0));
  return moves.toSorted((a, b) => b.gain - a.gain)[0];
}

const gainOf = (summary: NightSummary, rule: Rule): number => moveOf(summary, rule)?.gain ?? 0;

/** ` AI data events logged: 19.4 % to 100 %.` */
function effectWords(summary: NightSummary, rule: Rule): string {
  const move = moveOf(summary, rule);
  return move === undefined ? '' : ` ${figureTitle(rule.metric)}: ${moveWords(move)}.`;
}

function access(summary: NightSummary): Draft | null {
  const { accounts } = summary.completeness;
  const missing = accounts.failed + accounts.partial;
  if (missing === 0) return null;
  const dark = unmeasured(summary);
  return {
    what: `Open ${plural(missing, 'account')} to measurement`,
    why: `${dark === null ? '' : `Not measured: ${dark}. `}${openingWords(summary.completeness.openings)}`,
  };
}

function keys(summary: NightSummary): Draft | null {
  const { counts } = summary;
  if (counts.aiKeysLive === 0) return null;
  const endless = counts.aiKeysLiveNeverExpiring;
  const start =
    endless > 0 ? `Begin with the ${integer(endless)} that never ${endless === 1 ? 'expires' : 'expire'}. ` : '';
  return {
    what: `Retire ${keyCount(summary, counts.aiKeysLive, 'long-term AI key')}`,
    why: `${start}Workloads can use roles and short-term tokens instead.`,
  };
}

function aiLogging(summary: NightSummary): Draft | null {
  const found = findFigure(summary, 'logging.ai-data-event-coverage');
  if (found.state !== 'known' || found.metric.numerator === found.metric.denominator) return null;
  const missing = found.metric.denominator - found.metric.numerator;
  return {
    what: 'Log AI data events organisation-wide',
    why: `${capital(leastOf(found.metric))}${plural(missing, 'place')} ${missing === 1 ? 'has' : 'have'} no full record. One organisation trail that selects the AI classes closes ${missing === 1 ? 'it' : 'them'}; CloudTrail charges per data event.`,
  };
}

function sensitive(summary: NightSummary): Draft | null {
  const onPaper = isOnPaperOnly(summary, identityRate);
  const found = findFigure(summary, identityRate, 'organization', onPaper ? 'nominal' : 'effective');
  if (found.state !== 'known' || found.metric.numerator === 0) return null;
  const { numerator } = found.metric;
  const paper = onPaper ? ' Counted on paper: what limits leave of it was not read.' : '';
  return {
    what: `Take sensitive permissions back from ${leastOf(found.metric)}${plural(numerator, 'identity', 'identities')}`,
    why: `None of what ${numerator === 1 ? 'it holds' : 'they hold'} was used in ${plural(summary.run.window, 'day')}; the team report names each permission.${paper}`,
  };
}

function unused(summary: NightSummary): Draft | null {
  const found = findFigure(summary, 'identity.unused-rate');
  if (found.state !== 'known' || found.metric.numerator === 0) return null;
  return {
    what: `Set a date to remove ${leastOf(found.metric)}${plural(found.metric.numerator, 'unused identity', 'unused identities')}`,
    why: `None was used in ${plural(summary.run.window, 'day')}. The team report lists them by how long they lie idle.`,
  };
}

function managementLogging(summary: NightSummary): Draft | null {
  const found = findFigure(summary, 'logging.management-coverage');
  if (found.state !== 'known' || found.metric.numerator === found.metric.denominator) return null;
  const missing = found.metric.denominator - found.metric.numerator;
  return {
    what: 'Log management events everywhere',
    why: `${capital(leastOf(found.metric))}${plural(missing, 'account-Region cell')} without a full record.`,
  };
}

/** Accounts where new long-term keys can be made. */
function newKeys(summary: NightSummary): Draft | null {
  const counts = partAccounts(practiceIn(summary, 'no-long-term-ai-credentials'), 'no-ai-key-creation');
  const missing = counts === undefined ? 0 : missingOf(counts);
  if (missing === 0) return null;
  return {
    what: `Stop new long-term AI keys in ${plural(missing, 'account')}`,
    why: 'No SCP on their path denies making one to everybody. The team report names the policy.',
  };
}

/** Accounts whose workspaces stand behind no list, or half of one. */
function workspaces(summary: NightSummary): Draft | null {
  const { accounts } = practiceIn(summary, 'workspace-administration');
  const missing = accounts.open + accounts.partly;
  if (missing === 0) return null;
  return {
    what: `Attach the workspace allow-list SCP in ${plural(missing, 'account')}`,
    why: 'It holds off everybody who is not on the list. The team report has the policy.',
  };
}
