import type { ActionSummary, Ends, Move, QueueEntry } from '../domain/action-summary.ts';
import type { ChangeKind } from '../domain/action-table.ts';
import { methodOf } from './auditor/methods.ts';
import { integer, percentRange, plural } from './numbers.ts';
import { capital } from './words.ts';

/** What changes of a kind are together, by how many there are. */
const together: Readonly<Record<ChangeKind, (changes: number) => string>> = {
  'delete-identity': (n) => `Delete ${plural(n, 'user or role', 'users and roles')} that nobody used`,
  'take-back-permissions': (n) => `Take unused sensitive permissions back from ${plural(n, 'identity', 'identities')}`,
  'deactivate-ai-key': (n) => `Deactivate ${plural(n, 'long-term AI key')}`,
  'delete-phantom-user': (n) => `Delete ${plural(n, 'phantom user')}`,
  'attach-scp': (n) => `Attach ${plural(n, 'SCP')}`,
  'record-events': (n) => `Close logging gaps with ${plural(n, 'change')} of trails and settings`,
  'open-reading': (n) => `Make ${plural(n, 'refused call')} readable`,
  'retire-credentials': (n) => `Retire unused credentials of ${plural(n, 'user')}`,
  'restrict-trust': (n) => `Narrow whom ${plural(n, 'role lets in', 'roles let in')}`,
  'restrict-policy': (n) => `Narrow ${plural(n, 'policy or grant', 'policies and grants')}`,
  'tell-of-events': (n) => `Put in ${plural(n, 'missing piece')}, so that somebody is told of AI events`,
  setting: (n) => `Change ${plural(n, 'setting')}`,
};

export const kindTitle = (kind: ChangeKind, changes: number): string => together[kind](changes);

/** An entry of the queue in one line. */
export function entryTitle({ kind, central, what, changes }: QueueEntry): string {
  if (!central || what === null) return kindTitle(kind, changes);
  return kind === 'attach-scp' ? `Attach an SCP: ${what}` : capital(what);
}

export const figureTitle = (id: string): string => methodOf(id, 'items').title;

export const endsWords = (ends: Ends): string =>
  ends === null ? 'nobody left to count' : percentRange(ends.lower, ends.upper);

/** `61–64 % to 48–51 %`. */
export const moveWords = ({ before, after, open }: Pick<Move, 'before' | 'after' | 'open'>): string =>
  `${endsWords(before)} to ${endsWords(after)}${open ? ' of what we could count' : ''}`;

/** How many figures an entry names. */
const shown = 4;

/** Figures that get better, the most first; then those that get worse, said so. */
export function movedFigures({ moves }: Pick<QueueEntry, 'moves'>): string[] {
  const visible = moves.filter((move) => endsWords(move.before) !== endsWords(move.after));
  const better = visible
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain || (a.metric < b.metric ? -1 : 1));
  const worse = visible
    .filter(({ gain }) => gain < 0)
    .sort((a, b) => a.gain - b.gain || (a.metric < b.metric ? -1 : 1));
  const line = (move: Move): string => `${figureTitle(move.metric)} ${moveWords(move)}`;
  return [
    ...better.slice(0, shown).map(line),
    ...worse.slice(0, shown).map((move) => `${line(move)}: worse, who is left weighs more`),
  ];
}

/** Whom an entry touches, in numbers and words. */
export function touchWords({ accounts, identities, used, usedUnknown, words, changes }: QueueEntry): string {
  const whom = [
    ...(accounts > 0 ? [plural(accounts, 'account')] : []),
    ...(identities > 0 ? [plural(identities, 'identity', 'identities')] : []),
  ].join(', ');
  const use = [
    ...(used > 0 ? [`${integer(used)} used in the window what it takes away`] : []),
    ...(usedUnknown > 0 ? [`of ${integer(usedUnknown)} it cannot be told whether they did: ask first`] : []),
  ];
  const told = changes === 1 && usedUnknown === 0 ? [words] : [];
  return [whom, ...(use.length > 0 ? use : told)].filter((it) => it !== '').join('; ');
}

/** The entry of that id, if the queue holds it. */
export const entryIn = ({ queue }: ActionSummary, id: string): QueueEntry | undefined =>
  queue.find((entry) => entry.id === id);
