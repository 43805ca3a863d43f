import type { Condition } from '../iam/condition.ts';
import { type Policy, type Statement, statementName } from '../iam/policy.ts';
import { coversAction } from '../iam/statement.ts';
import type { Probe } from './define.ts';

/** A statement that looks like the guardrail and does not do it, and why. */
export interface Fault {
  readonly fault: keyof typeof faults;
  readonly policy: string;
  readonly statement: string;
}

/** The broken forms, by what they are (domain facts C.3). */
export const faults = {
  'conditions-never-meet':
    'asks in one condition block for keys of several services: a request carries only its own, so they never all hold',
  'value-in-other-case': 'compares with a value in another case: StringEquals is case-sensitive, so it never holds',
  'bound-to-workspaces':
    'names workspaces as its resource: actions of the whole account have no resource, and are not matched',
  'wildcard-under-equals': 'uses a wildcard under an operator that takes none: it compares with the star itself',
  'for-all-values': 'uses ForAllValues, which also holds where the request does not carry the key at all',
  'greater-than-without-key':
    'asks that an age is greater: a request without an age is not greater, and such a key never expires',
} as const;

type Test = (statement: Statement, probes: readonly Probe[]) => boolean;

const tests: Readonly<Record<Fault['fault'], Test>> = {
  'conditions-never-meet': ({ conditions }, probes) => {
    const own = new Set(probes.flatMap(({ context }) => Object.keys(context).map((key) => key.toLowerCase())));
    const services = conditions.filter(
      ({ key, operator, ifExists }) => own.has(key) && operator !== null && !operator.negated && !ifExists,
    );
    return new Set(services.map(({ key }) => key.slice(0, key.indexOf(':')))).size > 1;
  },
  'value-in-other-case': ({ conditions }, probes) =>
    probes.some(({ context }) =>
      Object.entries(context).some(([key, value]) =>
        conditions.some(
          (condition) => condition.key === key.toLowerCase() && [value].flat().some((it) => isOtherCase(condition, it)),
        ),
      ),
    ),
  'bound-to-workspaces': ({ resources, notResource }, probes) =>
    !notResource &&
    resources !== null &&
    probes.some(({ resource }) => resource === '*') &&
    resources.every((it) => it.includes(':workspace/')),
  'wildcard-under-equals': ({ conditions }) =>
    conditions.some(
      ({ key, operator, values }) =>
        key === 'aws:principalarn' &&
        operator !== null &&
        /^String(Not)?Equals/.test(operator.name) &&
        values.some((it) => /[*?]/.test(it)),
    ),
  'for-all-values': ({ conditions }) =>
    conditions.some(({ set, key }) => set === 'all' && key.startsWith('aws:principal')),
  'greater-than-without-key': ({ conditions }, probes) =>
    probes.some(({ absent }) =>
      absent.some((key) =>
        conditions.some(
          (it) => it.key === key.toLowerCase() && it.operator?.name.startsWith('NumericGreater') && !it.ifExists,
        ),
      ),
    ),
};

const isOtherCase = ({ operator, values }: Condition, value: string): boolean =>
  operator?.name === 'StringEquals' &&
  !values.includes(value) &&
  values.some((it) => it.toLowerCase() === value.toLowerCase());

/** Deny statements about a guardrail's actions that are broken, named for what they are. */
export function faultsIn(policies: readonly Policy[], probes: readonly Probe[]): Fault[] {
  const actions = [...new Set(probes.map(({ action }) => action.toLowerCase()))];
  return policies.flatMap(({ name, statements }) =>
    statements
      .filter(
        (statement) =>
          statement.effect === 'Deny' &&
          !statement.notAction &&
          actions.some((action) => coversAction(statement, action)),
      )
      .flatMap((statement) =>
        Object.entries(tests)
          .filter(([, test]) => test(statement, probes))
          .map(
            ([fault]): Fault => ({ fault: fault as Fault['fault'], policy: name, statement: statementName(statement) }),
          ),
      ),
  );
}
