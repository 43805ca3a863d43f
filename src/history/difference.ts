import { periodKinds } from '../domain/change-table.ts';
import { explainGap } from '../domain/gap.ts';
import { type GuardrailVersions, guardrailChanges, guardrailVersionsIn } from '../domain/guardrail-settings.ts';
import type { AccountRow, FindingRow, FindingStatus } from '../domain/tables.ts';
import { isOfOpen } from './change-tally.ts';

/** What became of a finding between two nights, worst first; a week leaves the last one out. */
export const changeKinds = [...periodKinds, 'reworded'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One finding that differs. `before` and `after` are its whole rows, null on the night that has none: so a night is the earlier one and its changes. */
export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly cause: string;
  readonly before: FindingRow | null;
  readonly after: FindingRow | null;
  /** Whether it is of a finding that is open or was; of the others only how they stood is counted. */
  readonly open: boolean;
}

/** A night as far as its findings are compared. */
export interface ComparedNight {
  readonly findings: readonly FindingRow[];
  readonly accounts: readonly Pick<AccountRow, 'account' | 'status' | 'reason'>[];
  /** Controls that were asked, with those that found nothing to ask about; where nobody says, those that have findings. */
  readonly controls?: ReadonlySet<string>;
  /** What was asked of guardrails; where nobody says, the defaults. */
  readonly guardrails?: GuardrailVersions;
}

/** How a finding stood in the nights before the earlier one; undefined where none of them measured it. */
export type Past = (id: string) => { readonly last: FindingStatus; readonly everOpen: boolean } | undefined;

/** The findings that differ between two nights of one scope, in the order of the later night, those that are not in it at the end. */
export function differenceOf(earlier: ComparedNight, later: ComparedNight, past: Past): Change[] {
  const before = new Map(earlier.findings.map((row) => [row.id, row]));
  const [unreadBefore, unreadNow] = [listsUnread(earlier), listsUnread(later)];
  const [askedBefore, askedNow] = [controlsOf(earlier), controlsOf(later)];
  const present = new Set<string>();
  const changes: Change[] = [];
  for (const after of later.findings) {
    present.add(after.id);
    const old = before.get(after.id) ?? null;
    if (old !== null && same(old, after)) continue;
    const [kind, cause] =
      old !== null
        ? turn(old, after, { past, rule: ruleChange(old, after, [earlier, later]) })
        : askedBefore.has(after.control)
          ? appearance(after, unreadBefore(after), past)
          : (['rule-changed', `the control was not asked before: ${after.reason}`] as const);
    const told = `${cause}${coveredWords(kind, after)}`;
    changes.push({ id: after.id, kind, cause: told, before: old, after, open: isOfOpen(kind, [old, after]) });
  }
  for (const old of earlier.findings) {
    if (present.has(old.id)) continue;
    const [kind, cause] = disappearance(old, later, unreadNow(old), askedNow);
    changes.push({ id: old.id, kind, cause, before: old, after: null, open: isOfOpen(kind, [old]) });
  }
  return changes;
}

/** The later night's findings out of the earlier one's and the changes, in no order: the law that `differenceOf` holds to. */
export function applyChanges(
  findings: readonly FindingRow[],
  changes: readonly Pick<Change, 'id' | 'after'>[],
): FindingRow[] {
  const rows = new Map(findings.map((row) => [row.id, row]));
  for (const { id, after } of changes) {
    if (after === null) rows.delete(id);
    else rows.set(id, after);
  }
  return [...rows.values()];
}

type Verdict = readonly [kind: ChangeKind, cause: string];

/** A finding that both nights have, with other content. */
function turn(
  before: FindingRow,
  after: FindingRow,
  { past, rule }: { readonly past: Past; readonly rule: string | null },
): Verdict {
  if (rule !== null && before.status !== after.status && isMeasured(after)) return ['rule-changed', rule];
  if (before.status === after.status)
    return rule === null ? (exceptionChange(before, after) ?? ['reworded', after.reason]) : ['rule-changed', rule];
  if (!isMeasured(after)) return ['not-re-measured', whyUnread(after)];
  const was = isMeasured(before) ? before.status : past(after.id)?.last;
  if (after.status !== 'fail') return was === 'fail' ? ['resolved', after.reason] : ['measured-again', after.reason];
  if (was === 'fail') return ['measured-again', `still open: ${after.reason}`];
  if (was === undefined) return ['new', `measured for the first time: ${after.reason}`];
  return [past(after.id)?.everOpen === true ? 'reopened' : 'new', after.reason];
}

/** A finding that fails as before, by another exception or without one; null where that is the same. */
function exceptionChange(old: FindingRow, { exception: now, reason }: FindingRow): Verdict | null {
  const before = old.exception;
  if (now === before) return null;
  if (now === null) return ['exception-ended', `exception \`${before}\` covers it no more: ${reason}`];
  return ['excepted', `exception \`${now}\` covers it${before === null ? '' : `, it was \`${before}\``}: ${reason}`];
}

/** Whatever else became of an open finding, an exception that covers it is told. */
const coveredWords = (kind: ChangeKind, { exception }: FindingRow): string =>
  exception === null || kind === 'excepted' || kind === 'reworded' ? '' : `; exception \`${exception}\` covers it`;

/** A finding that only the later night has: of something new or back again, or of what could not be listed before. */
function appearance(after: FindingRow, unreadBefore: string | null, past: Past): Verdict {
  if (after.status !== 'fail') return ['appeared', after.reason];
  const was = past(after.id);
  if (unreadBefore !== null && was?.last === 'fail') return ['measured-again', `still open: ${after.reason}`];
  if (was?.everOpen === true) return ['reopened', after.reason];
  return [
    'new',
    unreadBefore === null || was !== undefined ? after.reason : `measured for the first time: ${after.reason}`,
  ];
}

const isMeasured = ({ status }: FindingRow): boolean => status !== 'not-measured';

const asUsual = guardrailVersionsIn({});

/** What of the rule is another one; null where nothing is. A remedy or a title is no rule. */
function ruleChange(
  before: FindingRow,
  after: FindingRow,
  [earlier, later]: readonly [ComparedNight, ComparedNight],
): string | null {
  const names = [...new Set([...Object.keys(before.thresholds), ...Object.keys(after.thresholds)])].sort();
  const told = (value: number | undefined): string => (value === undefined ? 'none' : String(value));
  const moved = names.filter((name) => before.thresholds[name] !== after.thresholds[name]);
  const changes = [
    ...(before.version === after.version ? [] : [`the control is version ${after.version}, it was ${before.version}`]),
    ...moved.map(
      (name) => `threshold ${name} is ${told(after.thresholds[name])}, it was ${told(before.thresholds[name])}`,
    ),
  ];
  const ofGuardrail =
    after.control === 'guardrail-enforcement'
      ? guardrailChanges(after.resource, earlier.guardrails ?? asUsual, later.guardrails ?? asUsual)
      : [];
  const all = [...changes, ...ofGuardrail];
  return all.length === 0 ? null : all.join('; ');
}

/** Why a list could not be read on a night from which a finding could be missing for that; null where it was read. */
function listsUnread({ findings, accounts }: ComparedNight): (row: FindingRow) => string | null {
  const lists = new Map(
    findings
      .filter((row) => row.resource === '*' && !isMeasured(row))
      .map((row) => [`${row.account}/${row.control}`, whyUnread(row)]),
  );
  const unentered = new Map(
    accounts
      .filter(({ status }) => status === 'failed' || status === 'skipped')
      .map(({ account, status, reason }) => [
        account,
        `the account was ${status === 'failed' ? 'not measured' : 'not selected'}${reason === null || status === 'skipped' ? '' : `: ${reason}`}`,
      ]),
  );
  return ({ account, control }) => lists.get(`${account}/${control}`) ?? unentered.get(account) ?? null;
}

const whyUnread = ({ gap, reason }: FindingRow): string =>
  gap === null ? reason : explainGap(gap as Parameters<typeof explainGap>[0]);

/** A finding that only the earlier night has. */
function disappearance(
  { account, control, resourceType }: FindingRow,
  { accounts }: ComparedNight,
  unread: string | null,
  asked: ReadonlySet<string>,
): Verdict {
  if (unread !== null) return ['not-re-measured', unread];
  const there = accounts.find((it) => it.account === account);
  if (there === undefined && account !== 'organization')
    return ['gone', 'the account is not in the organisation any more'];
  if (there?.status === 'suspended') return ['gone', 'the account is suspended or closed'];
  return asked.has(control)
    ? ['gone', `the ${resourceType} is not there any more`]
    : ['rule-changed', 'the control is not asked any more'];
}

const controlsOf = ({ findings, controls }: ComparedNight): ReadonlySet<string> =>
  controls ?? new Set(findings.map(({ control }) => control));

/** Rows are equal when their values are; the order of columns is the schema's. */
const same = (a: FindingRow, b: FindingRow): boolean => JSON.stringify(a) === JSON.stringify(b);
