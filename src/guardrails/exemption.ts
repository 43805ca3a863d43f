import type { Operator } from '../iam/comparisons.ts';
import type { Condition } from '../iam/condition.ts';
import { hasVariable } from '../iam/variables.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import { coversAllOf, type Home, isArnOfAccount, namesEveryone } from './principal-patterns.ts';

/** Principals that a Deny leaves out, by what it asks of them. */
export interface Exemption {
  /** In lower case: `aws:principalarn`, `aws:principaltag/team`. */
  readonly key: string;
  /** Patterns of the key's value; empty = any value at all. */
  readonly values: readonly string[];
  /** Whether the values may hold wildcards. */
  readonly wild: boolean;
  /** Whether the case of letters means nothing. */
  readonly anyCase: boolean;
}

/** Keys that every request carries. */
const always: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:principaltype', 'aws:userid']);

/**
 * Keys that say who asks, and nothing of what is asked or from where. Not `aws:PrincipalOrgPaths`: it is one for a whole account, so
 * that it exempts everybody in it or nobody.
 */
export const isPrincipalKey = (key: string): boolean =>
  key.startsWith('aws:principaltag/') || key === 'aws:username' || always.has(key);

/**
 * Whom one condition of a Deny exempts: the Deny does not apply to them. Null where the condition is not an exemption of principals:
 * one about the request, or one that binds only some principals and leaves everybody else.
 */
export function exemptionIn(condition: Condition, home: Home): readonly Exemption[] | null {
  const { operator, key, set, ifExists } = condition;
  if (!isPrincipalKey(key)) return null;
  if (operator === null) return nullExemption(condition);
  if (!operator.negated) return bindsAll(condition, home) ? [] : null;
  // ForAnyValue is false of a missing key: then it leaves out everybody who does not carry it.
  if (set === 'any' && !ifExists && !always.has(key)) return null;
  return namesTexts(operator) ? exemptionOf(condition, operator, home) : null;
}

/** `Null: true` applies where the key is missing and exempts whoever has it; `false` binds only those who have it. */
function nullExemption({ key, values }: Condition): readonly Exemption[] | null {
  if (values.length > 0 && values.every((value) => value.toLowerCase() === 'true'))
    return [{ key, values: [], wild: false, anyCase: false }];
  return always.has(key) && values.some((value) => value.toLowerCase() !== 'true') ? [] : null;
}

/** A condition that names everybody: it might as well not be there. All values or any of them is the same of a key that every request carries once. */
const bindsAll = ({ key, operator, values }: Condition, home: Home): boolean =>
  key === 'aws:principalarn' &&
  operator?.wild === true &&
  values.some((value) => coversAllOf(home, value, operator.name.startsWith('Arn')));

/** Whether an operator compares texts: to a number or a date the same value may be written in many ways. */
const namesTexts = ({ name }: Operator): boolean => /^(String|Arn)/.test(name);

function exemptionOf({ key, values }: Condition, { name, wild }: Operator, home: Home): readonly Exemption[] {
  const anyCase = name.endsWith('IgnoreCase');
  const named = key === 'aws:principalarn' ? values.filter((it) => isArnOfAccount(it, home, wild)) : values;
  return named.length === 0 ? [] : [{ key, values: named, wild, anyCase }];
}

/** Whom an Allow lets through: principals that its conditions name. Null where it lets through others too. */
export function admissionIn(conditions: readonly Condition[], home: Home): readonly Exemption[] | null {
  const naming = conditions.filter(
    ({ key, operator, ifExists, set }) =>
      isPrincipalKey(key) &&
      operator !== null &&
      namesTexts(operator) &&
      !operator.negated &&
      !ifExists &&
      set !== 'all',
  );
  const found = naming.find(({ key }) => key === 'aws:principalarn') ?? naming[0];
  if (found?.operator == null) return null;
  return exemptionOf(found, found.operator, home);
}

const strangeIds = ['AROAZQ7ZQ7ZQ7ZQ7ZQ7ZQ:zq7-nobody', 'AIDAZQ7ZQ7ZQ7ZQ7ZQ7ZQ'];

/** Whether an exemption leaves nobody outside, or all roles, or all users: then it is no fence. */
export function exemptsEveryone({ key, values, wild }: Exemption, home: Pick<Home, 'partition'>): boolean {
  if (!isPrincipalKey(key) || key.startsWith('aws:principaltag/')) return false;
  if (values.length === 0) return true;
  const loose = values.filter((value) => wild || hasVariable(value));
  if (key === 'aws:principalarn') return loose.some((value) => namesEveryone(value, home));
  if (key === 'aws:principaltype')
    return values.some((value) => /^(user|assumedrole)$/i.test(value)) || loose.some((value) => /[*?$]/.test(value));
  const strange = key === 'aws:username' ? ['zq7-nobody'] : strangeIds;
  return loose.some((value) => strange.some((it) => matchesWildcard(value.replace(/\$\{[^}]*\}/g, '*'), it)));
}
