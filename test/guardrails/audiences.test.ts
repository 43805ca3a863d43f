import fc from 'fast-check';
import { accountId } from '../../src/domain/ids.ts';
import { layersOf } from '../../src/guardrails/fence.ts';
import { gradeOf } from '../../src/guardrails/grade.ts';
import { aiKeyMaxAge, outboundFederationFence } from '../../src/guardrails/index.ts';
import type { Fence } from '../../src/guardrails/prove.ts';
import { smallSets, textMatchingAll } from '../../src/guardrails/values.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { fullAccess } from '../../src/iam/full-access.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { requestOf } from '../../src/iam/request.ts';
import { matchesWildcard } from '../../src/iam/wildcard.ts';

// Where one value stands for many: no set of SCPs closes a fence on paper while some audience, or some age, gets through.

const account = accountId('111122223333');
const allowedAudiences = ['https://a.example', 'https://b.example'];
const guarded = { account, maxKeyAgeDays: 90, allowedAudiences };
const tokens = ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'];

const fenceOf = (...statements: object[]): Fence => ({
  account,
  organization: 'o-example',
  scps: [[fullAccess, parsePolicy({ Version: '2012-10-17', Statement: statements }, 'scp', 'scp')]],
  rcps: [],
});
const isAllowed = (fence: Fence, action: string, resource: string, context: Record<string, unknown>): boolean => {
  const principal = `arn:aws:iam::${account}:role/any`;
  const request = { principal, action, resource, resourceAccount: account, context };
  return evaluate(requestOf(request), layersOf(fence)).decision === 'Allowed';
};

const named = [
  ...allowedAudiences,
  'https://evil.example',
  'https://*',
  '*.example',
  '*.example.com',
  '*evil*',
  'https://?.example',
  '*',
];
const operators = ['ForAnyValue:StringNotEquals', 'ForAnyValue:StringNotLike', 'ForAnyValue:StringLike'].flatMap(
  (name) => [name, name.replace('ForAnyValue', 'ForAllValues')],
);
/** Audiences of every kind that the patterns tell apart. */
const universe = [
  ...allowedAudiences,
  'https://evil.example',
  'https://evil.example.com',
  'https://x.example.com',
  'https://c.example',
  'http://c.example',
  'evil',
  'https://other',
];
const lists = smallSets(universe).filter((list) => list.some((it) => !allowedAudiences.includes(it)));

const denies = fc.array(
  fc.tuple(fc.constantFrom(...operators), fc.uniqueArray(fc.constantFrom(...named), { minLength: 1, maxLength: 3 })),
  {
    minLength: 1,
    maxLength: 4,
  },
);

test('no token for an audience that is not allowed gets through a fence that is called enforced', () => {
  fc.assert(
    fc.property(denies, (statements) => {
      const fence = fenceOf(
        { Effect: 'Deny', Action: 'iam:EnableOutboundWebIdentityFederation', Resource: '*' },
        ...statements.map(([operator, values]) => ({
          Effect: 'Deny',
          Action: tokens,
          Resource: '*',
          Condition: { [operator]: { 'sts:IdentityTokenAudience': values } },
        })),
      );
      if (gradeOf(outboundFederationFence, guarded, fence).grade !== 'enforced') return;
      const through = lists.find((list) =>
        isAllowed(fence, tokens[0] ?? '', '*', { 'sts:IdentityTokenAudience': list }),
      );
      expect(through).toBeUndefined();
    }),
    {
      numRuns: 100,
      examples: [
        [[['ForAllValues:StringNotEquals', ['https://b.example']]]],
        [
          [
            ['ForAnyValue:StringNotLike', ['https://*']],
            ['ForAnyValue:StringNotLike', ['*.example.com', '*.corp.example']],
          ],
        ],
      ],
    },
  );
});

test('no age over the limit gets through where ages are compared as text', () => {
  const pattern = fc.constantFrom('30*', '3?', '*0', '9*', '?', '??', '1?0', '*', '365');
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
      (sets) => {
        const fence = fenceOf(
          ...sets.map((values) => ({
            Effect: 'Deny',
            Action: 'iam:CreateServiceSpecificCredential',
            Resource: '*',
            Condition: { StringNotLike: { 'iam:ServiceSpecificCredentialAgeDays': values } },
          })),
        );
        if (gradeOf(aiKeyMaxAge, guarded, fence).grade !== 'enforced') return;
        const ages = [91, 99, 100, 130, 300, 305, 365, 900, 3_000, 36_600].map(String);
        const through = ages.find((age) =>
          isAllowed(fence, 'iam:CreateServiceSpecificCredential', `arn:aws:iam::${account}:user/u`, {
            'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com',
            'iam:ServiceSpecificCredentialAgeDays': age,
          }),
        );
        expect(through).toBeUndefined();
      },
    ),
    { numRuns: 15, examples: [[[['30*']]]] },
  );
});

test('what patterns have in common matches each of them, and is found where a text matches all', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 }).map((it) => it.join(''));
  const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((it) => it.join(''));
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), text, (patterns, given) => {
      for (const found of [textMatchingAll(patterns), textMatchingAll(patterns, 'zq7')])
        if (found !== null) expect(patterns.filter((it) => !matchesWildcard(it, found))).toEqual([]);
      if (patterns.every((it) => matchesWildcard(it, given))) expect(textMatchingAll(patterns)).not.toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('small sets: each set of one, two and three once, the small ones first', () => {
  const sets = smallSets(['a', 'b', 'c', 'd']).map((set) => set.join(''));
  expect(sets).toEqual('a b c d ab ac ad bc bd cd abc abd acd bcd'.split(' '));
  expect(smallSets([])).toEqual([]);
});
