import { agentObjectOf, takeoverActions } from '../../src/catalogue/agent-objects.ts';
import { aiPrincipals, aiServiceOf } from '../../src/catalogue/ai-principals.ts';
import type { AccountFacts, PolicyDocument, SharedFacts } from '../../src/domain/facts.ts';
import { judgeAccount } from '../../src/judge/account.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import { referenceEvaluate } from '../iam/reference/evaluate.ts';
import {
  account,
  allow,
  denied,
  deny,
  document,
  factsWith,
  fullAccess,
  inline,
  noShared,
  organizationWith,
  planned,
  read,
  role,
  scp,
  special,
  user,
  window,
} from '../support/facts.ts';

const rules = { window, special, metrics: allMetrics };
const judge = (facts: Partial<AccountFacts>, shared: SharedFacts = noShared) =>
  judgeAccount(factsWith(facts), shared, planned, { account, attempt: 1, evidence: [] }, rules);

type Statement = Readonly<Record<string, unknown>>;
const lets = (Service: unknown, Condition?: Statement, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
});
const rolesOf = (...trusts: readonly (readonly Statement[])[]) =>
  trusts.map((statements, at) => role(`role-${at}`, null, { trust: document(...statements) }));
const judgeTrust = (statements: readonly Statement[], shared: SharedFacts = noShared) => {
  const roles = rolesOf(statements);
  return judge({ authorization: { ...factsWith().authorization, roles: read(roles) } }, shared);
};

const bedrock = 'bedrock.amazonaws.com';
const own = { 'aws:SourceAccount': account };
const anywhere = { 'aws:SourceAccount': '*' };

describe('a role is an agent’s', () => {
  test.each(aiPrincipals.map(({ service }) => [`${service}.amazonaws.com`]))('%s', (name) => {
    expect(judgeTrust([lets(name)]).identities).toMatchObject([{ agent: 'yes' }]);
  });
  test.each<[string, readonly Statement[], string]>([
    ['one of several services', [lets(['lambda.amazonaws.com', bedrock])], 'yes'],
    ['a service of a Region', [lets('sagemaker.eu-west-1.amazonaws.com')], 'yes'],
    ['another partition', [lets('bedrock.amazonaws.com.cn')], 'yes'],
    ['upper case', [lets('Bedrock.amazonaws.com')], 'yes'],
    ['an action by a wildcard', [lets(bedrock, undefined, { Action: 'sts:*' })], 'yes'],
    [
      'everyone who is the service',
      [{ ...lets(bedrock), Principal: '*', Condition: { StringEquals: { 'aws:PrincipalServiceName': bedrock } } }],
      'yes',
    ],
    ['another service', [lets('lambda.amazonaws.com')], 'no'],
    ['a name that only begins alike', [lets('bedrock-lookalike.amazonaws.com')], 'no'],
    ['tags alone', [lets(bedrock, undefined, { Action: 'sts:TagSession' })], 'no'],
    ['a service that is denied', [lets(bedrock), { ...lets(bedrock), Effect: 'Deny' }], 'no'],
    [
      'a service that is denied under a condition',
      [lets(bedrock), { ...lets(bedrock, { StringEquals: own }), Effect: 'Deny' }],
      'yes',
    ],
    ['no grammar', [{ ...lets(bedrock), Efect: 'Allow' }], 'unread'],
  ])('%s: %s', (_, statements, agent) => {
    expect(judgeTrust(statements).identities).toMatchObject([{ agent }]);
  });
  test('whose trust was not read may be one', () => {
    const roles = [role('dark', null, { trust: denied })];
    const { identities, row } = judge({ authorization: { ...factsWith().authorization, roles: read(roles) } });
    expect(identities).toMatchObject([{ agent: 'unread' }]);
    const figure = row.figures.find(({ id }) => id === 'agent.confused-deputy-rate');
    expect(figure).toMatchObject({ numerator: 0, denominator: 0, unread: 1 });
    const unused = row.figures.find(({ id, kind }) => id === 'identity.unused-rate' && kind === 'agent-role');
    expect(unused).toMatchObject({ numerator: 0, denominator: 0, unread: 1 });
  });
  test('that takes tokens for Claude Platform', () => {
    const issuer = 'a1b2.tokens.sts.global.api.aws';
    const tokens = (
      Condition: Statement,
      Federated = `arn:aws:iam::${account}:oidc-provider/idp.example`,
    ): Statement[] => [
      { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition },
    ];
    const forClaude = { StringEquals: { 'idp.example:aud': 'https://api.anthropic.com' } };
    expect(judgeTrust(tokens(forClaude)).agents).toMatchObject([
      { deputy: 'any-subject', audiences: ['https://api.anthropic.com'] },
    ]);
    const ofOne = { StringEquals: { ...forClaude.StringEquals, 'idp.example:sub': 'job-7' } };
    expect(judgeTrust(tokens(ofOne)).agents).toMatchObject([{ deputy: 'named-subjects' }]);
    const ofAll = { ...forClaude, StringLike: { 'idp.example:sub': '*' } };
    expect(judgeTrust(tokens(ofAll)).agents).toMatchObject([{ deputy: 'any-subject' }]);
    expect(judgeTrust(tokens({ StringEquals: { 'idp.example:aud': 'sts.amazonaws.com' } })).agents).toEqual([]);
    expect(judgeTrust(tokens({}, `arn:aws:iam::${account}:oidc-provider/${issuer}`)).agents).toMatchObject([
      { deputy: 'any-subject' },
    ]);
  });
});

const arns = (pattern: string) => ({ ArnLike: { 'aws:SourceArn': pattern } });
/** AWS's published form of the RCP against confused deputies, in our words. */
const deputyRcp = scp('deputies', [
  {
    ...deny('sts:AssumeRole'),
    Principal: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-1' },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    },
  },
]);

describe('on whose behalf', () => {
  test.each<[string, readonly Statement[], string, boolean]>([
    ['no condition', [lets(bedrock)], 'any-account', true],
    ['the own account', [lets(bedrock, { StringEquals: own })], 'own-account', false],
    ['the own account if the service says so', [lets(bedrock, { StringEqualsIfExists: own })], 'own-account', true],
    ['any account by a pattern', [lets(bedrock, { StringLike: anywhere })], 'any-account', false],
    [
      'any account by part of a pattern',
      [lets(bedrock, { StringLike: { 'aws:SourceAccount': '1*' } })],
      'any-account',
      false,
    ],
    [
      'a second account',
      [lets(bedrock, { StringEquals: { 'aws:SourceAccount': [account, '222222222222'] } })],
      'named-accounts',
      false,
    ],
    ['ARNs of the account', [lets(bedrock, arns(`arn:aws:bedrock:*:${account}:agent/*`))], 'own-account', false],
    ['ARNs of any account', [lets(bedrock, arns('arn:aws:bedrock:*:*:agent/*'))], 'any-account', false],
    [
      'ARNs of another account',
      [lets(bedrock, arns('arn:aws:bedrock:*:222222222222:agent/*'))],
      'named-accounts',
      false,
    ],
    [
      'a text that runs over the account',
      [lets(bedrock, { StringLike: { 'aws:SourceArn': 'arn:aws:bedrock:*' } })],
      'any-account',
      false,
    ],
    ['any ARN as a text', [lets(bedrock, { StringLike: { 'aws:SourceArn': '*' } })], 'any-account', false],
    [
      'both keys',
      [lets(bedrock, { StringEquals: own, ...arns(`arn:aws:bedrock:us-east-1:${account}:*`) })],
      'own-account',
      false,
    ],
    [
      'a condition on the wrong key',
      [lets(bedrock, { StringEquals: { 'aws:PrincipalAccount': account } })],
      'own-account',
      false,
    ],
    [
      'an external ID, which a service can be told',
      [lets(bedrock, { StringEquals: { 'sts:ExternalId': 'x' } })],
      'any-account',
      true,
    ],
    [
      'a second statement without a condition',
      [lets(bedrock, { StringEquals: own }), lets(bedrock)],
      'any-account',
      true,
    ],
    [
      'a denial of other accounts',
      [lets(bedrock), { ...lets(bedrock, { StringNotEquals: own }), Effect: 'Deny' }],
      'own-account',
      false,
    ],
    ['for all values of none', [lets(bedrock, { 'ForAllValues:StringEquals': own })], 'own-account', true],
    [
      'the worse of two services',
      [lets(bedrock, { StringEquals: own }), lets('sagemaker.amazonaws.com')],
      'any-account',
      true,
    ],
  ])('%s: %s', (_, statements, deputy, sourceless) => {
    const [agent] = judgeTrust(statements).agents;
    expect(agent).toMatchObject({ deputy, sourceless });
    if (agent?.witness == null) return;
    // A witness is a request that the reference evaluator allows, on behalf of another account.
    const trust = { Version: '2012-10-17', Statement: statements } as unknown as PolicyDocument;
    const { principal, action, resource, context } = agent.witness;
    const request = { principal, action, resource, resourceAccount: account, context };
    const policies = { identity: [], boundary: null, session: null, scps: [], rcps: [], resource: trust as never };
    expect(referenceEvaluate({ request, policies })).toBe('Allowed');
    expect(context['aws:sourceaccount']).not.toBe(account);
  });

  const inOrganization = organizationWith();
  const bySource = [lets(bedrock, { StringEquals: { 'aws:SourceOrgID': 'o-1' } })];
  const byVariable = [lets(bedrock, { StringEquals: { 'aws:SourceOrgID': `\${aws:ResourceOrgID}` } })];
  const byPath = [lets(bedrock, { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-1/r-1/ou-1/*' } })];
  test.each<[string, readonly Statement[], SharedFacts, string]>([
    ['the organisation', bySource, inOrganization, 'organization'],
    ['the organisation of the role', byVariable, inOrganization, 'organization'],
    ['a unit of the organisation', byPath, inOrganization, 'organization'],
    [
      'another organisation',
      [lets(bedrock, { StringEquals: { 'aws:SourceOrgID': 'o-2' } })],
      inOrganization,
      'named-accounts',
    ],
    ['an organisation that was not read', byVariable, organizationWith({ organization: denied }), 'not-measured'],
    ['an RCP that denies outsiders', [lets(bedrock)], organizationWith({ rcps: read([deputyRcp]) }), 'organization'],
    ['an RCP that was not read', [lets(bedrock)], organizationWith({ rcps: denied }), 'any-account'],
  ])('%s: %s', (_, statements, shared, deputy) => {
    expect(judgeTrust(statements, shared).agents).toMatchObject([{ deputy }]);
  });
});

describe('who can change what agents do', () => {
  const withIdentities = (statements: readonly Statement[], shared = noShared) =>
    judge(
      {
        authorization: {
          users: read([user('dev', { inline: [inline(...statements)] })]),
          groups: read([]),
          roles: read(rolesOf([lets(bedrock)])),
          policies: read([]),
        },
      },
      shared,
    ).takeovers;
  const agentRole = `arn:aws:iam::${account}:role/role-0`;
  const owner = allow('iam:PassRole', { Resource: agentRole });

  test.each<[string, readonly Statement[], object[]]>([
    ['nobody without a permission of the class', [allow('bedrock:InvokeModel')], []],
    [
      'an agent that is not owned',
      [allow('bedrock:UpdateAgent')],
      [{ objects: ['agents'], owns: [], unowned: ['bedrock:UpdateAgent'] }],
    ],
    ['the owner of the role', [allow('bedrock:UpdateAgent'), owner], [{ owns: [agentRole], unowned: [] }]],
    [
      'the owner of another role',
      [allow('bedrock:UpdateAgent'), allow('iam:PassRole', { Resource: `${agentRole}-2` })],
      [{ owns: [], unowned: ['bedrock:UpdateAgent'] }],
    ],
    [
      'an owner of roles, not of workspaces',
      [allow(['aws-external-anthropic:UpdateSkill', 'bedrock:UpdatePrompt']), owner],
      [{ objects: ['skills', 'prompts'], unowned: ['aws-external-anthropic:UpdateSkill'] }],
    ],
    [
      'who administers workspaces',
      [allow(['aws-external-anthropic:UpdateSkill', 'aws-external-anthropic:UpdateWorkspace'])],
      [{ owns: ['workspaces'], unowned: [] }],
    ],
  ])('%s', (_, statements, expected) => {
    expect(withIdentities(statements)).toMatchObject(expected);
  });

  test('an SCP takes the permission away; one that was not read leaves it open, and makes nobody an owner', () => {
    const statements = [allow('bedrock:UpdateAgent'), owner];
    const closed = organizationWith({ scps: read([scp('no-agents', [deny('bedrock:*')]), fullAccess]) });
    expect(withIdentities(statements, closed)).toEqual([]);
    expect(withIdentities(statements, organizationWith({ scps: denied }))).toMatchObject([
      { certainty: 'unread', owns: [], unowned: ['bedrock:UpdateAgent'] },
    ]);
  });
});

describe('workspaces', () => {
  const arn = (id: string, region = 'us-east-1', owner: string = account) =>
    `arn:aws:aws-external-anthropic:${region}:${owner}:workspace/${id}`;
  const listed = { id: 'wrkspc_01', arn: arn('wrkspc_01'), name: 'Default', created: null };
  const authorization = {
    users: read([
      user('lead', { inline: [inline(allow('aws-external-anthropic:*', { Resource: arn('wrkspc_01') }))] }),
      user('caller', {
        inline: [inline(allow('aws-external-anthropic:CreateInference', { Resource: arn('wrkspc_02', '*') }))],
      }),
    ]),
    groups: read([]),
    roles: read([]),
    policies: read([]),
  };
  const workspaces = { 'us-east-1': read([listed]) };

  test('from Cloud Control and from policies, with who may do what', () => {
    expect(judge({ authorization, workspaces }).workspaces).toMatchObject([
      {
        workspace: 'wrkspc_01',
        region: 'us-east-1',
        sources: ['cloud-control', 'policy'],
        admins: { allowed: 1 },
        users: { allowed: 1 },
      },
      { workspace: 'wrkspc_02', region: null, sources: ['policy'], admins: { allowed: 0 }, users: { allowed: 1 } },
    ]);
  });

  describe('recorded events', () => {
    const event = (id: string, archived = false) => ({
      ...{ id, partition: 'aws', region: 'us-east-1', archived },
      last: '2026-11-20T08:00:00Z',
    });
    const seen = (...events: ReturnType<typeof event>[]) =>
      judge({ authorization, workspaces, workspaceEvents: { 'us-east-1': read(events) } }).workspaces;

    test('tell of a workspace that nothing else shows, and date the others', () => {
      expect(seen(event('wrkspc_01'), event('wrkspc_03'))).toMatchObject([
        { workspace: 'wrkspc_01', sources: ['cloud-control', 'event', 'policy'], lastEvent: '2026-11-20T08:00:00Z' },
        { workspace: 'wrkspc_02', sources: ['policy'], lastEvent: null },
        {
          ...{ workspace: 'wrkspc_03', region: 'us-east-1', sources: ['event'], admins: { allowed: 0 } },
          fence: { data: 'absent' },
        },
      ]);
    });

    test('one that was archived is none, whatever a policy names; unless Cloud Control still lists it', () => {
      const rows = seen(event('wrkspc_01', true), event('wrkspc_02', true), event('wrkspc_03', true));
      expect(rows.map(({ workspace }) => workspace)).toEqual(['wrkspc_01']);
    });

    test('a refused history leaves the account among those not measured', () => {
      const lost = judge({ authorization, workspaces, workspaceEvents: { 'us-east-1': denied } });
      expect(lost.workspaces).toHaveLength(2);
      expect(lost.gaps).toContainEqual(expect.objectContaining({ collector: 'workspace-events' }));
    });
  });

  test('who may only read what is in one uses it as well', () => {
    const reads = (name: string) => allow(`aws-external-anthropic:${name}`, { Resource: arn('wrkspc_01') });
    const users = read(
      ['GetFile', 'GetSession', 'GetMemoryStore', 'GetBatchInference', 'GetSkill', 'ListFiles', 'GetWorkspace'].map(
        (it) => user(it, { inline: [inline(reads(it))] }),
      ),
    );
    const [row] = judge({ authorization: { ...authorization, users }, workspaces }).workspaces;
    expect(row?.users.named.map((it) => it.split('/').at(-1))).toEqual([
      'GetFile',
      'GetSession',
      'GetMemoryStore',
      'GetBatchInference',
      'GetSkill',
    ]);
  });

  test('an SCP that fences one of them is seen at that one', () => {
    const fence = scp('fence', [
      {
        ...deny('aws-external-anthropic:*'),
        Resource: arn('wrkspc_01', '*', '*'),
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ai' } },
      },
    ]);
    const shared = organizationWith({ scps: read([fence, fullAccess]) });
    const { workspaces: rows } = judge({ authorization, workspaces }, shared);
    expect(rows).toMatchObject([
      { workspace: 'wrkspc_01', fence: { data: 'enforced-with-exceptions', admin: 'absent' } },
      { workspace: 'wrkspc_02', fence: { data: 'absent' } },
    ]);
    const dark = judge({ authorization, workspaces }, organizationWith({ scps: denied })).workspaces;
    expect(dark).toMatchObject([
      { fence: { data: 'not-measured', admin: 'not-measured' } },
      { fence: { data: 'not-measured' } },
    ]);
  });

  test('a fence around one of them that is known to hold holds, whatever else is not read; one that is not may be closed by it', () => {
    const around = (id: string) => scp('fence', [{ ...deny('aws-external-anthropic:*'), Resource: arn(id, '*', '*') }]);
    const torn = { ...scp('torn', [deny('x:y')]), document: denied };
    const shared = organizationWith({ scps: read([around('wrkspc_01'), torn, fullAccess]) });
    expect(judge({ authorization, workspaces }, shared).workspaces).toMatchObject([
      { workspace: 'wrkspc_01', fence: { data: 'enforced', admin: 'not-measured' } },
      { workspace: 'wrkspc_02', fence: { data: 'not-measured' } },
    ]);
  });

  test('a fence with exceptions for others is a whole one for the workspace it leaves nobody in', () => {
    const exempt = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ai' } };
    const shared = organizationWith({
      scps: read([
        scp('fence', [{ ...deny('aws-external-anthropic:*'), Resource: arn('*', '*', '*'), Condition: exempt }]),
        scp('more', [{ ...deny('aws-external-anthropic:*'), Resource: arn('wrkspc_01', '*', '*') }]),
        fullAccess,
      ]),
    });
    expect(judge({ authorization, workspaces }, shared).workspaces).toMatchObject([
      { workspace: 'wrkspc_01', fence: { data: 'enforced' } },
      { workspace: 'wrkspc_02', fence: { data: 'enforced-with-exceptions' } },
    ]);
  });

  test('of a workspace whose Region nobody tells, a fence in one Region is none', () => {
    const inOne = scp('one', [{ ...deny('aws-external-anthropic:*'), Resource: arn('wrkspc_0*', 'us-east-1', '*') }]);
    const shared = organizationWith({ scps: read([inOne, fullAccess]) });
    expect(judge({ authorization, workspaces }, shared).workspaces).toMatchObject([
      { workspace: 'wrkspc_01', region: 'us-east-1', fence: { data: 'enforced' } },
      { workspace: 'wrkspc_02', region: null, fence: { data: expect.stringMatching(/partial|absent/) } },
    ]);
  });

  test('an open account in a policy of the account is the account, in one of the organisation nobody’s', () => {
    const named = (id: string, owner: string) =>
      allow('aws-external-anthropic:GetWorkspace', { Resource: arn(id, '*', owner) });
    const users = read([
      user('lead', { inline: [inline(named('wrkspc_own', '*'), named('wrkspc_far', '999999999999'))] }),
    ]);
    const shared = organizationWith({
      scps: read([
        scp('all', [{ ...deny('a:b'), Resource: [arn('wrkspc_any', '*', '*'), arn('wrkspc_told', '*')] }]),
        fullAccess,
      ]),
    });
    const rows = judge({ authorization: { ...authorization, users } }, shared).workspaces;
    expect(rows.map(({ workspace }) => workspace)).toEqual(['wrkspc_own', 'wrkspc_told']);
  });

  test('the partition is that of its ARN, and policies are asked about it there', () => {
    const far = `arn:aws-us-gov:aws-external-anthropic:us-gov-west-1:${account}:workspace/wrkspc_gov`;
    const users = read([
      user('lead', { inline: [inline(allow('aws-external-anthropic:UpdateWorkspace', { Resource: far }))] }),
    ]);
    expect(judge({ authorization: { ...authorization, users } }).workspaces).toMatchObject([
      { workspace: 'wrkspc_gov', region: 'us-gov-west-1', admins: { allowed: 1, conditional: 0 } },
    ]);
  });

  test('whose policies were not read, or what limits them, may administer it: not measured, never nobody', () => {
    const torn = user('torn', { inline: [{ name: 'p', document: denied }] });
    const users = read([...(authorization.users.kind === 'known' ? authorization.users.value : []), torn]);
    const [own] = judge({ authorization: { ...authorization, users }, workspaces }).workspaces;
    expect(own?.admins).toMatchObject({ allowed: 1, unread: 1, named: expect.arrayContaining([torn.arn]) });
    const [limited] = judge({ authorization, workspaces }, organizationWith({ scps: denied })).workspaces;
    expect(limited?.admins).toMatchObject({ allowed: 0, conditional: 0, unread: 1 });
  });

  test('of many who may use one the first twenty are named', () => {
    const all = allow('aws-external-anthropic:*', { Resource: arn('wrkspc_01') });
    const users = read(Array.from({ length: 25 }, (_, at) => user(`u${at}`, { inline: [inline(all)] })));
    const [row] = judge({ authorization: { ...authorization, users }, workspaces }).workspaces;
    expect([row?.users.allowed, row?.users.named.length]).toEqual([25, 20]);
  });

  test('users that nobody listed are not told to be nobody', () => {
    const { users } = judge({ authorization: { ...authorization, users: denied }, workspaces }).workspaces[0] ?? {};
    expect(users).toMatchObject({ listed: false });
  });
});

test('every permission of class agent takeover changes something that has a name', () => {
  expect(takeoverActions.filter((action) => agentObjectOf(action) === null)).toEqual([]);
  expect(takeoverActions.length).toBeGreaterThan(40);
});

test('principals are told by name alone', () => {
  expect(
    [
      'bedrock.amazonaws.com',
      'bedrock.us-east-1.amazonaws.com',
      'lambda.amazonaws.com',
      'bedrock',
      'x.bedrock.amazonaws.com',
    ].map(aiServiceOf),
  ).toEqual(['bedrock', 'bedrock', null, null, null]);
});
