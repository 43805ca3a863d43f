import { arnPart } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import { word } from './shell.ts';

// What narrows a trust policy down (IAM user guide, "Condition operators", "AWS global condition context keys").

type Narrows = (value: string) => boolean;

const isOpen = (text: string): boolean => /[*?]/.test(text);
const exact: Narrows = (value) => !isOpen(value);
/** An organisation's own path; what follows may be a pattern. */
const ownPath: Narrows = (value) => !isOpen(value.split('/')[0] ?? '');
/** Names the account, or the one resource of an ARN that has none (a bucket). */
const ownArn: Narrows = (value) => {
  const account = arnPart(value, 4);
  return account === '' ? exact(arnPart(value, 5)) && value.split(':').length >= 6 : !isOpen(account);
};

/** Keys that say who asks, each with the values that leave somebody out. An external ID is no secret and limits nobody who knows it. */
export const whoAsks: Readonly<Record<string, Narrows>> = {
  'aws:principalorgid': exact,
  'aws:principalorgpaths': ownPath,
  'aws:principalaccount': exact,
  'aws:principalarn': ownArn,
};

/** Keys that say on whose behalf a service asks. */
export const onWhoseBehalf: Readonly<Record<string, Narrows>> = {
  'aws:sourceaccount': exact,
  'aws:sourcearn': ownArn,
  'aws:sourceorgid': exact,
  'aws:sourceorgpaths': ownPath,
};

/** A condition that fails where its key is missing, and that names whom it lets in rather than whom it keeps out. */
export const namesWhom = ({ operator, set, ifExists }: Condition): boolean =>
  operator !== null && !operator.negated && set !== 'all' && !ifExists;

/** Whether a condition leaves anybody out by one of some keys: all its values do, as one that does not lets everybody in. */
export const narrows = (condition: Condition, keys: Readonly<Record<string, Narrows>>): boolean => {
  const rule = keys[condition.key];
  return rule !== undefined && namesWhom(condition) && condition.values.every(rule);
};

/** The command that shows a role's trust policy. */
export const showTrust = (name: string): string =>
  `aws iam get-role --role-name ${word(name)} --query Role.AssumeRolePolicyDocument`;
