import fc from 'fast-check';
import { accountId } from '../../src/domain/ids.ts';
import type { Probe } from '../../src/guardrails/define.ts';

// Random SCP statements about a guardrail, with conditions on who asks, from where and for what Region.

/** The account and its place in the organisation that the statements know of. */
export const fuzzAccount = accountId('111122223333');
export const fuzzOrgPath = 'o-example/r-ab12/ou-ab12-11111111/';

const values: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': [
    'arn:aws:iam::*:role/ai',
    'arn:aws:iam::111122223333:role/ai*',
    'arn:aws:iam::*:role/*',
    'arn:aws:iam::*:user/ana',
    'arn:aws:iam::999999999999:role/ai',
    'arn:aws:iam::${aws:PrincipalAccount}:role/ai',
    '*',
  ],
  'aws:PrincipalTag/team': ['ai', 'a*', '*', '${aws:PrincipalTag/owner}'],
  'aws:SourceVpce': ['vpce-1', 'vpce-*'],
  'aws:RequestedRegion': ['eu-west-1', 'eu-*', '*'],
  'aws:PrincipalOrgPaths': [fuzzOrgPath, 'o-example/*', 'o-example/r-ab12/ou-ab12-22222222/*'],
  'aws:PrincipalOrgID': ['o-example', 'o-other'],
  'aws:PrincipalAccount': [fuzzAccount, '999999999999'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:ViaAWSService': ['true', 'false'],
};
const plain = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
];
const operatorsOf = (key: string): readonly string[] => {
  const fitting = plain.filter((it) => key === 'aws:PrincipalArn' || !it.startsWith('Arn'));
  const several = key === 'aws:PrincipalOrgPaths' || key.startsWith('aws:PrincipalTag');
  return [
    ...fitting,
    ...fitting.map((it) => `${it}IfExists`),
    ...(several ? fitting.flatMap((it) => [`ForAllValues:${it}`, `ForAnyValue:${it}`]) : []),
    'Null',
    ...(key.includes('AWSService') ? ['Bool', 'BoolIfExists'] : []),
  ];
};
const condition = fc
  .constantFrom(...Object.keys(values))
  .chain((key) =>
    fc
      .tuple(
        fc.constantFrom(...operatorsOf(key)),
        fc.array(fc.constantFrom(...(values[key] ?? [])), { minLength: 1, maxLength: 2 }),
      )
      .map(([operator, wanted]) => ({ [operator]: { [key]: operator === 'Null' ? 'true' : wanted } })),
  );

/** Statements that are about a guardrail: its own actions and resources, or wider ones. */
export function statementsAbout(probes: readonly Probe[]) {
  const services = [...new Set(probes.map(({ action }) => `${action.split(':')[0]}:*`))];
  const actions = [...new Set(probes.map(({ action }) => action)), ...services, '*'];
  const resources = ['*', '*', ...new Set(probes.map(({ resource }) => resource)), 'arn:aws:iam::*:user/AeaApiKey-*'];
  const own = [...new Set(probes.map(({ context }) => JSON.stringify(context)))].map((it) => JSON.parse(it) as object);
  return fc
    .record({
      Effect: fc.constantFrom('Deny', 'Deny', 'Deny', 'Deny', 'Allow'),
      Action: fc.oneof(fc.constant(actions), fc.constantFrom(...actions)),
      Resource: fc.constantFrom(...resources),
      own: fc.option(fc.constantFrom(...own), { nil: {} }),
      conditions: fc.array(condition, { maxLength: 2 }),
    })
    .map(({ own: fixed, conditions, ...rest }) => {
      const all = Object.assign(
        {},
        Object.keys(fixed).length > 0 ? { StringEquals: fixed } : {},
        ...conditions,
      ) as object;
      return { ...rest, ...(Object.keys(all).length > 0 ? { Condition: all } : {}) };
    });
}
