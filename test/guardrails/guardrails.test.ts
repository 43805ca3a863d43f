import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describeAction } from '../../src/catalogue/actions.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { Guardrail } from '../../src/guardrails/define.ts';
import { gradeOf } from '../../src/guardrails/grade.ts';
import * as index from '../../src/guardrails/index.ts';
import { type Fence, prove } from '../../src/guardrails/prove.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { requestOf } from '../../src/iam/request.ts';

const account = accountId('111122223333');
const guarded = { account, maxKeyAgeDays: 90, allowedAudiences: [] };
const guardrails: readonly Guardrail[] = Object.values(index);
const scp = (...statements: object[]): Policy =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'scp', 'scp');
const full = scp({ Effect: 'Allow', Action: '*', Resource: '*' });
const deny = (Action: unknown, more: object = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const fenceOf = (...policies: Policy[]): Fence => ({
  account,
  organization: 'o-example',
  scps: [[full, ...policies], [full]],
  rcps: [],
});
const everything = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'identity',
  'all',
);

describe.each(guardrails.map((it) => [it.id, it] as const))('%s', (id, guardrail) => {
  test('its folder is its id, every probe is an action of AWS', () => {
    expect(readdirSync('src/guardrails')).toContain(id);
    const probes = guardrail.probes(guarded);
    expect(probes.length).toBeGreaterThan(0);
    for (const { action } of probes) expect(describeAction(action)?.name).toBe(action);
  });

  test('absent without a policy, with a witness that is allowed; enforced by a plain Deny of its actions; never by a Deny elsewhere', () => {
    const none = gradeOf(guardrail, guarded, fenceOf());
    expect(none.grade).toBe('absent');
    expect(none.witness).not.toBeNull();
    const actions = guardrail.probes(guarded).map(({ action }) => action);
    const closed = gradeOf(guardrail, guarded, fenceOf(scp(deny(actions))));
    expect([closed.grade, closed.witness]).toEqual(['enforced', null]);
    expect(gradeOf(guardrail, guarded, fenceOf(scp(deny('ec2:*')))).grade).toBe('absent');
  });

  test('a Deny that exempts one role is an exception, that exempts all roles is none, and without one action partial', () => {
    const actions = [...new Set(guardrail.probes(guarded).map(({ action }) => action))];
    const but = (...arns: string[]) => ({ Condition: { ArnNotLike: { 'aws:PrincipalArn': arns } } });
    const excepted = gradeOf(guardrail, guarded, fenceOf(scp(deny(actions, but('arn:aws:iam::*:role/platform/*')))));
    expect(excepted.grade).toBe('enforced-with-exceptions');
    expect(excepted.exemptions).toMatchObject([
      { key: 'aws:principalarn', values: ['arn:aws:iam::*:role/platform/*'] },
    ]);
    expect(excepted.witness?.principal).toMatch(/:role\/platform\//);
    expect(gradeOf(guardrail, guarded, fenceOf(scp(deny(actions, but('arn:aws:iam::*:role/*'))))).grade).toBe(
      'partial',
    );
    expect(
      gradeOf(guardrail, guarded, fenceOf(scp(deny(actions, but('arn:aws:iam::999999999999:role/x'))))).grade,
    ).toBe('enforced');
    const [first, ...rest] = actions;
    if (rest.length > 0) expect(gradeOf(guardrail, guarded, fenceOf(scp(deny(rest)))).grade).toBe('partial');
    expect(first).toBeDefined();
  });
});

const anthropic = 'aws-external-anthropic';
const arnNotLike = (arn: string) => ({ ArnNotLike: { 'aws:PrincipalArn': arn } });
const longTerm = (prefix: string, value = 'LONG_TERM') => ({
  Condition: { StringEquals: { [`${prefix}:BearerTokenType`]: value } },
});
const use = (prefix: string, more: object = longTerm(prefix)) => deny(`${prefix}:CallWithBearerToken`, more);

const inOneBlock = (operator: string, value: string) =>
  deny(
    [anthropic, 'bedrock', 'bedrock-mantle'].map((prefix) => `${prefix}:CallWithBearerToken`),
    {
      Condition: {
        [operator]: Object.fromEntries(
          [anthropic, 'bedrock', 'bedrock-mantle'].map((prefix) => [`${prefix}:BearerTokenType`, value]),
        ),
      },
    },
  );

test.each<{ name: string; of: Guardrail; statements: object[]; grade: string }>([
  {
    name: 'three prefixes, one statement each',
    of: index.noLongTermAiKeyUse,
    statements: [use(anthropic), use('bedrock'), use('bedrock-mantle')],
    grade: 'enforced',
  },
  {
    name: 'without mantle',
    of: index.noLongTermAiKeyUse,
    statements: [use(anthropic), use('bedrock')],
    grade: 'partial',
  },
  {
    name: 'three prefixes in one condition block: they never meet',
    of: index.noLongTermAiKeyUse,
    statements: [
      deny([`${anthropic}:CallWithBearerToken`, 'bedrock:CallWithBearerToken', 'bedrock-mantle:CallWithBearerToken'], {
        Condition: {
          StringEquals: {
            [`${anthropic}:BearerTokenType`]: 'LONG_TERM',
            'bedrock:BearerTokenType': 'LONG_TERM',
            'bedrock-mantle:BearerTokenType': 'LONG_TERM',
          },
        },
      }),
    ],
    grade: 'absent',
  },
  {
    name: 'three prefixes in one block, each but short-term: what a request does not carry is not equal',
    of: index.noLongTermAiKeyUse,
    statements: [inOneBlock('StringNotEquals', 'SHORT_TERM')],
    grade: 'enforced',
  },
  {
    name: 'three prefixes in one block, IfExists: what a request does not carry holds',
    of: index.noLongTermAiKeyUse,
    statements: [inOneBlock('StringEqualsIfExists', 'LONG_TERM')],
    grade: 'enforced',
  },
  {
    name: 'three prefixes in one block, ForAllValues: it holds of none',
    of: index.noLongTermAiKeyUse,
    statements: [inOneBlock('ForAllValues:StringEquals', 'LONG_TERM')],
    grade: 'enforced',
  },
  {
    name: 'a key that comes with the credentials of a function, whatever it calls',
    of: index.noLongTermAiKeyUse,
    statements: [
      deny('*', { Condition: { StringNotLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:ai' } } }),
    ],
    grade: 'partial',
  },
  {
    name: 'the value in another case',
    of: index.noLongTermAiKeyUse,
    statements: [use(anthropic, longTerm(anthropic, 'long_term'))],
    grade: 'absent',
  },
  {
    name: 'the key in another case',
    of: index.noLongTermAiKeyUse,
    statements: ['bedrock', 'bedrock-mantle', anthropic].map((prefix) =>
      use(prefix, { Condition: { StringEquals: { [`${prefix}:bearertokentype`]: 'LONG_TERM' } } }),
    ),
    grade: 'enforced',
  },
  {
    name: 'a star on workspaces misses the account-scoped actions',
    of: index.aiWorkspaceAdminAllowList,
    statements: [
      deny(`${anthropic}:*`, {
        Resource: `arn:aws:${anthropic}:*:*:workspace/*`,
        Condition: arnNotLike('arn:aws:iam::*:role/ai'),
      }),
    ],
    grade: 'absent',
  },
  {
    name: 'a star on workspaces fences the data',
    of: index.aiWorkspaceDataAllowList,
    statements: [
      deny(`${anthropic}:*`, {
        Resource: `arn:aws:${anthropic}:*:*:workspace/*`,
        Condition: arnNotLike('arn:aws:iam::*:role/ai'),
      }),
    ],
    grade: 'enforced-with-exceptions',
  },
  {
    name: 'one workspace only',
    of: index.aiWorkspaceDataAllowList,
    statements: [deny(`${anthropic}:*`, { Resource: `arn:aws:${anthropic}:*:*:workspace/wrkspc_1` })],
    grade: 'partial',
  },
  {
    name: 'an exemption by a network',
    of: index.invocationLogProtection,
    statements: [deny('bedrock:*', { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
    grade: 'partial',
  },
  {
    name: 'in some Regions only',
    of: index.invocationLogProtection,
    statements: [deny('bedrock:*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    grade: 'partial',
  },
  {
    name: 'an exemption by tag',
    of: index.invocationLogProtection,
    statements: [deny('bedrock:*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'ai' } } })],
    grade: 'enforced-with-exceptions',
  },
  {
    name: 'any value at all, or none',
    of: index.invocationLogProtection,
    statements: [deny('bedrock:*', { Condition: { StringLikeIfExists: { 'aws:PrincipalTag/team': '*' } } })],
    grade: 'enforced',
  },
  {
    name: 'root alone',
    of: index.invocationLogProtection,
    statements: [deny('*', { Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } })],
    grade: 'absent',
  },
  {
    name: 'a greater-than on an age that a request may leave out',
    of: index.aiKeyMaxAge,
    statements: [
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { NumericGreaterThan: { 'iam:ServiceSpecificCredentialAgeDays': '90' } },
      }),
    ],
    grade: 'partial',
  },
  {
    name: 'the same, and no age is denied as well',
    of: index.aiKeyMaxAge,
    statements: [
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { NumericGreaterThan: { 'iam:ServiceSpecificCredentialAgeDays': '90' } },
      }),
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { Null: { 'iam:ServiceSpecificCredentialAgeDays': 'true' } },
      }),
    ],
    grade: 'enforced',
  },
  {
    name: 'IfExists on the age holds where there is none',
    of: index.aiKeyMaxAge,
    statements: [
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { NumericGreaterThanIfExists: { 'iam:ServiceSpecificCredentialAgeDays': '90' } },
      }),
    ],
    grade: 'enforced',
  },
  {
    name: 'some audiences',
    of: index.outboundFederationFence,
    statements: [
      deny(['iam:EnableOutboundWebIdentityFederation']),
      deny('sts:*WebIdentityToken', {
        Condition: { 'ForAnyValue:StringEquals': { 'sts:IdentityTokenAudience': 'https://api.example' } },
      }),
    ],
    grade: 'partial',
  },
  {
    name: 'ages one by one: those between them stay open',
    of: index.aiKeyMaxAge,
    statements: [
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { NumericEqualsIfExists: { 'iam:ServiceSpecificCredentialAgeDays': ['91', '180', '36600'] } },
      }),
    ],
    grade: 'partial',
  },
  {
    name: 'any age but one over the limit',
    of: index.aiKeyMaxAge,
    statements: [
      deny('iam:CreateServiceSpecificCredential', {
        Condition: { NumericNotEquals: { 'iam:ServiceSpecificCredentialAgeDays': '120' } },
      }),
    ],
    grade: 'partial',
  },
  {
    name: 'phantom names behind the account as a variable',
    of: index.noPhantomUsers,
    statements: [
      deny('iam:CreateUser', {
        Resource: ['AeaApiKey-*', 'BedrockAPIKey-*'].map((it) => `arn:aws:iam::\${aws:PrincipalAccount}:user/${it}`),
      }),
    ],
    grade: 'enforced',
  },
  {
    name: 'a star that runs over colons to the account',
    of: index.invocationLogProtection,
    statements: [deny('bedrock:*', { Condition: { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:role/ai' } } })],
    grade: 'enforced-with-exceptions',
  },
  {
    name: 'a star that runs over colons to every role of the account',
    of: index.invocationLogProtection,
    statements: [
      deny('bedrock:*', { Condition: { StringNotLike: { 'aws:PrincipalArn': `arn:aws:*${account}:role/*` } } }),
    ],
    grade: 'partial',
  },
  {
    name: 'one role, by two names that differ in case where case means nothing',
    of: index.invocationLogProtection,
    statements: [
      deny('bedrock:*', {
        Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/AI` } },
      }),
      deny('bedrock:*', {
        Condition: { StringNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/ai` } },
      }),
    ],
    grade: 'enforced-with-exceptions',
  },
  {
    name: 'a number of a tag, written in two ways',
    of: index.invocationLogProtection,
    statements: [
      deny('bedrock:*', { Condition: { NumericNotEquals: { 'aws:PrincipalTag/level': '5' } } }),
      deny('bedrock:*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/level': '5.0' } } }),
    ],
    grade: 'enforced-with-exceptions',
  },
  {
    name: 'a NotAction that leaves the service out',
    of: index.invocationLogProtection,
    statements: [{ Effect: 'Deny', NotAction: ['ec2:*', 'bedrock:*'], Resource: '*' }],
    grade: 'absent',
  },
])('$name: $grade', ({ of, statements, grade }) => {
  const found = gradeOf(of, guarded, fenceOf(scp(...statements)));
  expect([found.grade, found.witness === null]).toEqual([grade, grade === 'enforced']);
});

test.each([
  {
    name: 'one Region',
    of: index.aiWorkspaceDataAllowList,
    statement: deny(`${anthropic}:*`, { Resource: `arn:aws:${anthropic}:us-east-1:*:workspace/*` }),
    through: { resource: expect.not.stringMatching(/:us-east-1:/) },
  },
  {
    name: 'all but a name',
    of: index.invocationLogProtection,
    statement: deny('*', { Condition: { StringNotLike: { 'aws:username': 'ops-*' } } }),
    through: { principal: expect.stringMatching(/:user\/ops-/) },
  },
  {
    name: 'all but names with the end of one',
    of: index.invocationLogProtection,
    statement: deny('*', { Condition: { StringNotEquals: { 'aws:username': ['joe'] } } }),
    through: { principal: expect.stringMatching(/:user\/joe$/) },
  },
])('a Deny of $name: the request that gets through is found', ({ of, statement, through }) => {
  expect(gradeOf(of, guarded, fenceOf(scp(statement))).witness).toMatchObject(through);
});

test('a level that allows nothing of it closes it; one that admits only a role is an exception', () => {
  const noBedrock = scp({ Effect: 'Allow', NotAction: 'bedrock:*', Resource: '*' });
  const fence = (level: Policy): Fence => ({ ...fenceOf(), scps: [[full], [level]] });
  expect(gradeOf(index.invocationLogProtection, guarded, fence(noBedrock)).grade).toBe('enforced');
  const admitting = scp(
    { Effect: 'Allow', NotAction: 'bedrock:*', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'bedrock:*',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ai' } },
    },
  );
  expect(gradeOf(index.invocationLogProtection, guarded, fence(admitting)).grade).toBe('enforced-with-exceptions');
});

test.each([
  ['ForAnyValue:StringNotEquals', ['https://good'], 'enforced'],
  ['ForAllValues:StringNotEquals', ['https://good'], 'partial'],
  ['ForAnyValue:StringNotEquals', ['https://good', 'https://evil'], 'partial'],
  ['ForAnyValue:StringNotLike', ['https://goo*'], 'partial'],
])('audiences, one allowed: %s of %j is %s', (operator, audiences, grade) => {
  const fence = fenceOf(
    scp(
      deny('iam:EnableOutboundWebIdentityFederation'),
      deny(['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'], {
        Condition: { [operator]: { 'sts:IdentityTokenAudience': audiences } },
      }),
    ),
  );
  const allowing = { ...guarded, allowedAudiences: ['https://good'] };
  expect(gradeOf(index.outboundFederationFence, allowing, fence).grade).toBe(grade);
});

test('an approved exemption is no exception', () => {
  const arn = 'arn:aws:iam::*:role/ai';
  const fence = fenceOf(scp(deny('bedrock:*', { Condition: arnNotLike(arn) })));
  const { grade, witness } = gradeOf(index.invocationLogProtection, guarded, fence, [arn]);
  expect([grade, witness]).toEqual(['enforced', null]);
});

test('an exemption with one approved principal and another is an exception', () => {
  const [approved, other] = ['arn:aws:iam::*:role/ai', 'arn:aws:iam::*:role/other'];
  const fence = fenceOf(
    scp(deny('bedrock:*', { Condition: { ArnNotLike: { 'aws:PrincipalArn': [approved, other] } } })),
  );
  expect(gradeOf(index.invocationLogProtection, guarded, fence, [approved]).grade).toBe('enforced-with-exceptions');
});

test('who is exempt from one Deny by ARN and from another by tag gets through both', () => {
  const byArn = deny('bedrock:*', { Condition: arnNotLike('arn:aws:iam::*:role/ai') });
  const byTag = deny('bedrock:*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'ai' } } });
  for (const statements of [
    [byArn, byTag],
    [byTag, byArn],
  ]) {
    const { grade, exemptions } = gradeOf(index.invocationLogProtection, guarded, fenceOf(scp(...statements)));
    expect([grade, exemptions.length > 0]).toEqual(['enforced-with-exceptions', true]);
  }
});

// Whatever the SCPs: what is called closed lets nobody through, what is called excepted only the exempted, and a witness is allowed.
const arns = [
  'arn:aws:iam::*:role/ai',
  'arn:aws:iam::111122223333:role/ai*',
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::999999999999:role/ai',
  '*',
  'arn:aws:iam::*:user/ana',
  'arn:aws:iam:*:role/ai',
  'arn:aws:iam::111122223333:role/AI',
];
const keyed: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': arns,
  'aws:PrincipalTag/t': ['a', 'b', '*'],
  'aws:SourceVpce': ['vpce-1'],
  'aws:PrincipalIsAWSService': ['false'],
  'bedrock:BearerTokenType': ['LONG_TERM', 'SHORT_TERM', 'long_term'],
  [`${anthropic}:BearerTokenType`]: ['LONG_TERM'],
};
const operators = [
  'ArnLike',
  'ArnNotLike',
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringNotLikeIfExists',
  'StringNotEqualsIgnoreCase',
  'StringEqualsIfExists',
  'Null',
  'ForAllValues:StringNotEquals',
  'ForAnyValue:StringNotLike',
  'Bool',
];
const condition = fc
  .tuple(fc.constantFrom(...operators), fc.constantFrom(...Object.keys(keyed)))
  .chain(([operator, key]) =>
    fc
      .array(fc.constantFrom(...(operator === 'Null' ? ['true', 'false'] : (keyed[key] ?? []))), {
        minLength: 1,
        maxLength: 2,
      })
      .map((values) => ({ [operator]: { [key]: values } })),
  );
const statement = fc
  .record({
    Effect: fc.constantFrom('Deny', 'Deny', 'Deny', 'Allow'),
    Action: fc.constantFrom(
      '*',
      `${anthropic}:*`,
      `${anthropic}:CallWithBearerToken`,
      'bedrock*:CallWithBearerToken',
      '*:CallWithBearerToken',
      'iam:*',
    ),
    Resource: fc.constantFrom('*', '*', `arn:aws:${anthropic}:*:*:workspace/*`),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ conditions, ...rest }) => ({
    ...rest,
    ...(conditions.length === 0 ? {} : { Condition: Object.assign({}, ...conditions) as object }),
  }));
const policies = fc.array(
  fc.array(statement, { minLength: 1, maxLength: 3 }).map((it) => scp(...it)),
  { maxLength: 2 },
);
const fences = fc.tuple(fc.boolean(), policies, policies).map(
  ([open, root, own]): Fence => ({
    account,
    organization: 'o-example',
    scps: [[full, ...root], open ? [full, ...own] : [...own, full]],
    rcps: [],
  }),
);
const callers = ['role/ai', 'role/ai-2', 'role/zq7-anybody', 'user/ana', 'user/bo', 'role/other'].map(
  (it) => `arn:aws:iam::${account}:${it}`,
);
const contexts = fc.record({
  'aws:PrincipalTag/t': fc.constantFrom(undefined, 'a', 'b', 'c'),
  'aws:SourceVpce': fc.constantFrom(undefined, 'vpce-1', 'vpce-2'),
});

test('no false enforced', () => {
  let told = { closed: 0, excepted: 0, open: 0 };
  fc.assert(
    fc.property(
      fences,
      fc.constantFrom(...index.noLongTermAiKeyUse.probes(guarded)),
      fc.array(fc.tuple(fc.constantFrom(...callers), contexts), { minLength: 1, maxLength: 6 }),
      (fence, probe, tries) => {
        const proof = prove(probe, fence);
        told = { ...told, [proof.state]: told[proof.state] + 1 };
        const layers = {
          identity: [everything],
          boundary: null,
          session: null,
          resource: null,
          scps: fence.scps,
          rcps: [],
        };
        const decide = (request: Parameters<typeof requestOf>[0]) => evaluate(requestOf(request), layers).decision;
        if (proof.witness !== null) expect(decide(proof.witness)).toBe('Allowed');
        for (const [principal, free] of tries) {
          const context = {
            ...free,
            ...probe.context,
            'aws:PrincipalArn': principal,
            'aws:PrincipalAccount': account,
            'aws:PrincipalOrgID': 'o-example',
            'aws:PrincipalIsAWSService': 'false',
          };
          const allowed =
            decide({ principal, action: probe.action, resource: '*', resourceAccount: account, context }) === 'Allowed';
          if (proof.state === 'closed') expect(allowed).toBe(false);
          const exempt =
            proof.exemptions.some(({ key }) => key !== 'aws:principalarn') ||
            proof.exemptions
              .flatMap(({ values }) => values)
              .some((it) => principal.includes(it.split('/').at(-1)?.replaceAll('*', '').toLowerCase() ?? ''));
          if (proof.state === 'excepted' && !exempt) expect(allowed).toBe(false);
        }
      },
    ),
    { numRuns: Number(process.env['ASSAY_FUZZ_RUNS'] ?? 5_000) },
  );
  expect(Math.min(told.closed, told.excepted, told.open)).toBeGreaterThan(20);
});
