import { throughWords } from '../domain/grade-words.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import type { Guardrail } from '../guardrails/define.ts';
import { type Fault, faults } from '../guardrails/diagnose.ts';
import type { Beside } from '../judge/guardrails.ts';
import { gradeWords } from './guardrail-matrix.ts';

type Exemption = GuardrailRow['exemptions'][number];

/**
 * Why cells are open: one block for all accounts in which it is for the same reason, by guardrail. `listed`: accounts whose users and
 * roles were read.
 */
export function reasonLines(
  guardrails: readonly Guardrail[],
  cells: readonly GuardrailRow[],
  listed: ReadonlySet<string>,
): string[] {
  return guardrails.flatMap(({ id }) => {
    const open = cells.filter(
      ({ guardrail, grade }) => guardrail === id && grade !== 'enforced' && grade !== 'not-applicable',
    );
    const alike = Map.groupBy(open, (cell) => likeness(cell, listed));
    return [...alike.values()].flatMap((group) => ['', ...groupLines(id, group, listed)]);
  });
}

/** What a cell says, but for the account it says it of. */
function likeness(cell: GuardrailRow, listed: ReadonlySet<string>): string {
  const { account, grade, why, open, probes, by } = cell;
  const lines = detailLines(cell, listed).join('\n').replaceAll(account, '*');
  return JSON.stringify([grade, why, open, probes, by.length, lines]);
}

function groupLines(guardrail: string, group: readonly GuardrailRow[], listed: ReadonlySet<string>): string[] {
  const [cell] = group;
  if (cell === undefined) return [];
  const { grade, by } = cell;
  const part = grade === 'partial' ? ` (${throughWords(cell)})` : '';
  return [
    `${guardrail}: ${gradeWords(grade)}${part} in ${accountsText(group.map(({ account }) => account))}`,
    ...detailLines(cell, listed),
    ...(by.length > 0 && grade !== 'absent' ? [`  stopped so far by: ${firstOf(by, 3, '; ')}`] : []),
  ];
}

function detailLines(cell: GuardrailRow, listed: ReadonlySet<string>): string[] {
  const { account, grade, why, exemptions, faults: found, witness } = cell;
  const noneFound = witness === null && grade === 'partial';
  return [
    ...(why === null ? [] : [`  not known: ${why}`]),
    ...(witness === null ? [] : [`  gets through: ${requestText(witness)}`]),
    ...(noneFound ? ['  no request that gets through was found, and none ruled out'] : []),
    ...exemptions.map((exemption) => `  exempt: ${exemptionText(exemption, listed.has(account))}`),
    ...found.map((it) => `  fault: ${it.policy}: ${it.statement} ${faults[it.fault as Fault['fault']]}`),
  ];
}

/** Some account ids, the first ones named. */
export function accountsText(accounts: readonly string[]): string {
  const some = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;
  return `${some} (${firstOf(accounts, 6)})`;
}

/** The first of a list, and how many more there are. */
export const firstOf = (texts: readonly string[], most: number, between = ', '): string =>
  [...texts.slice(0, most), ...(texts.length > most ? [`${texts.length - most} more`] : [])].join(between);

/** A witness in one line, without the keys that every request of the account carries. */
function requestText({ principal, action, resource, context }: NonNullable<GuardrailRow['witness']>): string {
  const telling = Object.entries(context).filter(([key]) => !ofEveryRequest.test(key));
  const said = telling.map(([key, value]) => `${key} = ${typeof value === 'string' ? value : value.join(' | ')}`);
  return `${action} on ${resource} by ${principal}${said.length > 0 ? `, with ${said.join(', ')}` : ''}`;
}

const ofEveryRequest =
  /^aws:(principal(account|arn|type|isawsservice|orgid|orgpaths)|resource(account|orgid|orgpaths)|username)$/i;

/** Whom an exemption leaves out: does it exist, may somebody become it, was it used. */
function exemptionText({ key, values, broad, existing, free, used }: Exemption, listed: boolean): string {
  const some = values.length === 0 ? `whoever carries ${key}` : firstOf(values, 3);
  const whom = key === 'aws:principalarn' || values.length === 0 ? some : `${key} = ${some}`;
  const there = existing.length > 0 ? firstOf(existing.map(nameOf), 3) : listed ? nobodyYet(free) : 'not known';
  const use =
    used === null ? (existing.length > 0 || !listed ? ', used: not known' : '') : `, used: ${used ? 'yes' : 'no'}`;
  return `${whom} (there now: ${there}${use}${broad ? `, ${broadWords(key)}` : ''})`;
}

/** A name that is free is no proof of who bears it. */
const nobodyYet = (free: boolean | null): string =>
  free === true ? 'nobody, until somebody makes one of that name' : 'nobody';

const broadWords = (key: string): string =>
  key.startsWith('aws:principaltag/') ? 'broad: whoever may set that tag, or brings it with a session' : 'broad';

/** What an ARN names, without whose it is. */
export const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** What SCPs on trial would change: by guardrail and grades, with the accounts. */
export function changeLines(changed: readonly (readonly [was: GuardrailRow, is: GuardrailRow])[]): string[] {
  if (changed.length === 0) return ['', 'no grade would change'];
  const alike = Map.groupBy(
    changed,
    ([was, is]) => `${is.guardrail}: ${gradeWords(was.grade)} -> ${gradeWords(is.grade)}`,
  );
  const one = changed.length === 1;
  return [
    '',
    `${changed.length} ${one ? 'grade' : 'grades'} would change:`,
    ...[...alike].map(([step, cells]) => `  ${step} in ${accountsText(cells.map(([, { account }]) => account))}`),
  ];
}

/** What comes near the guardrails and gets through: shown, not counted. */
export function besideLines(beside: readonly Beside[]): string[] {
  const through = beside.filter(({ state }) => state !== 'closed');
  const alike = Map.groupBy(
    through,
    ({ guardrail, what, state }) => `${guardrail}, not counted: ${what}${stateWords[state]}`,
  );
  return [...alike].flatMap(([words, group]) => {
    const actions = [...new Set(group.map(({ action }) => action))];
    const accounts = [...new Set(group.map(({ account }) => account))];
    return ['', words, `  ${actions.join(', ')} in ${accountsText(accounts)}`];
  });
}

const stateWords: Readonly<Record<Beside['state'], string>> = {
  closed: '',
  open: '',
  excepted: ' (only for those whom a policy exempts)',
  'not-measured': ' (not measured)',
};
