import { isCounted } from '../../domain/identity.ts';
import type { IdentityRow, PairCounts, PermissionRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { arn, escapeText, type Markup, markup } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { actionsByClass, classesOf, classTitle, type Way, waysOf } from '../sensitive.ts';
import { kindWord } from '../words.ts';

// What one identity holds of the sensitive permissions, ready to be placed on a page.

/** A number on effective permissions, and on nominal ones where it differs. */
export interface CountView {
  readonly value: string;
  readonly nominal: string | null;
}

/** Permissions of an identity that are alike. */
export interface PairGroup {
  /** A state word: used, unused, untrackable, unread, too-new; or that the permission is held on paper only. */
  readonly word: string;
  readonly note: string | null;
  readonly count: string;
  /** All names, by service. */
  readonly names: Markup;
}

export interface WayView {
  readonly title: string;
  readonly path: string;
  readonly ids: string;
}

/** One identity that holds sensitive permissions, or may hold some. */
export interface HolderView {
  readonly arn: Markup;
  readonly kind: string;
  readonly state: string;
  /** What could not be read of it, or null. */
  readonly unread: string | null;
  readonly counts: readonly CountView[];
  /** `Data access 12, Privilege escalation 3`: of the unused ones, by class. */
  readonly classes: string | null;
  readonly unusedWord: string;
  readonly examples: readonly string[];
  readonly groups: readonly PairGroup[];
  readonly held: string;
  readonly ways: readonly WayView[];
  readonly waysWord: string;
}

/** An identity of an account with its rows. */
export interface HolderRows {
  readonly identity: IdentityRow;
  readonly rows: readonly PermissionRow[];
}

/** Identities that hold, or may hold, a sensitive permission or a way to more rights; what may lie unused first. */
export function holdersOf({ identities, permissions }: Pick<AccountRows, 'identities' | 'permissions'>): HolderRows[] {
  const rows = Map.groupBy(permissions, (row) => row.arn);
  return identities
    .filter(({ sensitive, escalation }) => (sensitive?.nominal.held ?? 0) > 0 || (escalation?.length ?? 0) > 0)
    .map((identity) => ({ identity, rows: rows.get(identity.arn) ?? [] }))
    .toSorted(
      (a, b) =>
        worst(b.identity) - worst(a.identity) ||
        (b.identity.sensitive?.nominal.held ?? 0) - (a.identity.sensitive?.nominal.held ?? 0) ||
        (a.identity.arn < b.identity.arn ? -1 : 1),
    );
}

/** Unread counts like unused: what was not read must not slip to the end. */
const worst = ({ sensitive }: IdentityRow): number =>
  (sensitive?.effective.unused ?? 0) + (sensitive?.effective.unread ?? 0);

export function holderView({ identity, rows }: HolderRows, listed: number): HolderView {
  const { effective, nominal } = identity.sensitive ?? { effective: none, nominal: none };
  const [unusedWord, idle] = unusedOf(rows);
  const ways = waysOf(identity.escalation ?? []);
  return {
    arn: arn(identity.arn),
    kind: kindWord[identity.kind],
    state: stateWord(identity),
    unread: unreadWord(rows, listed),
    counts: countViews(effective, nominal, identity.tooNew),
    classes: classWords(idle),
    unusedWord,
    examples: examplesOf(idle),
    groups: groupsOf(rows, listed),
    held: plural(nominal.held, 'permission'),
    ways: ways.map(wayView),
    waysWord: waysWord(identity.escalation, ways.length),
  };
}

const none: PairCounts = { held: 0, used: 0, unused: 0, untrackable: 0, unread: 0 };

function stateWord({ kind, tooNew, activity }: IdentityRow): string {
  const word = tooNew ? 'too-new' : activity;
  return isCounted(kind) ? word : `${word}, counted apart`;
}

/** Names an identity of which not every policy was read. */
function unreadWord(rows: readonly PermissionRow[], listed: number): string | null {
  if (rows.some(({ nominal }) => nominal === 'unread'))
    return `a policy could not be read: each of the ${integer(listed)} permissions of the list counts as unread`;
  return rows.some(({ effective }) => effective === 'unread')
    ? 'a boundary, SCP or RCP could not be read: what it leaves is not known'
    : null;
}

const columns = ['held', 'used', 'unused', 'untrackable', 'unread'] as const;

function countViews(effective: PairCounts, nominal: PairCounts, tooNew: boolean): CountView[] {
  return columns.map((column) => {
    if (tooNew && column !== 'held') return { value: '–', nominal: null };
    const [own, paper] = [effective[column], nominal[column]];
    return { value: integer(own), nominal: own === paper ? null : integer(paper) };
  });
}

/** What is held and not used: effectively; where the limits were not read, on paper. */
function unusedOf(rows: readonly PermissionRow[]): [word: string, actions: readonly string[]] {
  const unused = rows.filter(({ state }) => state === 'unused');
  const held = unused.filter(({ effective }) => effective === 'allowed' || effective === 'conditional');
  if (held.length > 0) return ['unused', held.flatMap(({ actions }) => actions)];
  const paper = unused.filter(({ effective }) => effective === 'unread');
  return ['unused on paper', paper.flatMap(({ actions }) => actions)];
}

function classWords(actions: readonly string[]): string | null {
  if (actions.length === 0) return null;
  const counts = new Map<string, number>();
  for (const action of actions) for (const id of classesOf(action)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => `${classTitle(id)} ${integer(count)}`)
    .join(', ');
}

const shown = 3;

/** One of each class, so that the examples differ; of a class the one that the list names first. */
function examplesOf(actions: readonly string[]): string[] {
  const held = new Set(actions);
  const examples = new Map<string, string>();
  for (const [id, listed] of actionsByClass) {
    const taken = [...examples.values()];
    const example = held.size === 0 ? undefined : listed.find((action) => held.has(action) && !taken.includes(action));
    if (example !== undefined) examples.set(id, example);
    if (examples.size === shown) break;
  }
  return [...examples.values()];
}

/** All permissions of an identity: what it may do first by state, what it holds on paper only last. */
function groupsOf(rows: readonly PermissionRow[], listed: number): PairGroup[] {
  const groups = Map.groupBy(rows, headingOf);
  return [...groups]
    .sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))
    .map(([heading, alike]) => {
      const [word = '', note = null] = heading.split('|');
      const actions = alike.flatMap((row) => row.actions);
      const names = actions.length === listed ? markup('all of the list') : namesOf(actions);
      return { word, note, count: integer(actions.length), names };
    });
}

function headingOf({ nominal, effective, state }: PermissionRow): string {
  if (effective === 'denied') return `on paper only|denied by a boundary, SCP or RCP; ${state}`;
  if (state === 'too-new') return 'too-new';
  if (nominal === 'unread') return 'unread|a policy could not be read';
  if (effective === 'unread') return `unread|a boundary, SCP or RCP was not read; on paper ${state}`;
  return effective === 'conditional' ? `${state}|under conditions` : state;
}

const order = ['unused', 'untrackable', 'unread', 'used', 'too-new', 'on paper only'];
const orderOf = (heading: string): number => order.indexOf(heading.split('|')[0] ?? '');

/** `iam: CreateUser, PassRole; s3: GetObject`, short enough for hundreds of thousands. */
function namesOf(actions: readonly string[]): Markup {
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const colon = action.indexOf(':');
    const service = action.slice(0, colon);
    const names = services.get(service);
    if (names === undefined) services.set(service, [action.slice(colon + 1)]);
    else names.push(action.slice(colon + 1));
  }
  const parts = [...services].sort(([a], [b]) => (a < b ? -1 : 1));
  return markup(
    parts.map(([service, names]) => `<b>${escapeText(service)}:</b> ${escapeText(names.join(', '))}`).join('; '),
  );
}

const wayView = ({ title, path, sets }: Way): WayView => ({ title, path, ids: sets.map(({ id }) => id).join(', ') });

function waysWord(escalation: IdentityRow['escalation'], ways: number): string {
  if (escalation === null) return 'unread, because a policy could not be read';
  if (escalation.length === 0) return 'none';
  const sets = plural(escalation.length, 'set of permissions', 'sets of permissions');
  return `${plural(ways, 'way')}, ${sets}`;
}
