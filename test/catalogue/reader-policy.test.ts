import { actionsOf, describeAction, services } from '../../src/catalogue/actions.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { pagesOf } from '../../src/catalogue/paging.ts';
import {
  askedInstead,
  grantedActions,
  type PolicyDocument,
  type PolicyHolder,
  policyLimits,
  policySize,
  readerPolicy,
  type TrustScope,
  trustPolicy,
} from '../../src/catalogue/reader-policy.ts';
import { sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import * as collectors from '../../src/collectors/index.ts';
import { type Decision, evaluate } from '../../src/iam/evaluate.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { requestOf } from '../../src/iam/request.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { Answer, AwsReaders, Input, Owner } from '../../src/ports/aws-reader.ts';
import { demoOrganization, simulatorReaders } from '../../src/simulator/demo/index.ts';
import { denied } from '../../src/simulator/refuse.ts';
import { clock, night, world } from '../support/world.ts';

const holders = ['member', 'management', 'hub'] as const;
const organization = demoOrganization(clock);
const scope = { partition: 'aws', readerRole: { name: 'AssayReader' }, organizationId: organization.id };
const policyOf = (holder: PolicyHolder, more: object = {}): PolicyDocument =>
  readerPolicy(holder, { ...scope, ...more });
const actionsIn = ({ Statement }: PolicyDocument): string[] => Statement.flatMap(({ Action }) => Action).sort();
const hub = { account: organization.management as string, principal: 'role/Assay-*' };
const trustScope = { partition: 'aws', hub, externalId: 'only-we', organizationId: organization.id };

interface Asking {
  readonly principal?: string;
  readonly resource?: string;
  readonly resourceAccount?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly trust?: PolicyDocument;
}

/** What AWS would decide where the caller holds these policies and nothing else. */
function decide(held: readonly PolicyDocument[], action: string, asking: Asking = {}): Decision {
  const { principal = `arn:aws:iam::${hub.account}:role/Assay-Collect`, resource = '*', trust } = asking;
  const request = requestOf({
    principal,
    action,
    resource,
    resourceAccount: asking.resourceAccount,
    context: asking.context,
  });
  return evaluate(request, {
    identity: held.map((policy, at) => parsePolicy(policy, 'identity', `held ${at}`)),
    boundary: null,
    session: null,
    resource: trust === undefined ? null : parsePolicy(trust, 'trust', 'trust'),
    scps: [],
    rcps: [],
  }).decision;
}

/** What it returns of people is not kept (test/collectors/workspace-events.test.ts). */
const eventHistory = 'cloudtrail:LookupEvents';

describe('what is granted', () => {
  const inTable = (wanted: (where: string) => boolean) =>
    [
      ...new Set(
        Object.values(operations)
          .filter(({ where }) => wanted(where))
          .flatMap(({ action, also = [] }) => [action, ...also]),
      ),
    ]
      .filter((action) => !action.startsWith('sts:'))
      .sort();

  test('is the operation table by place, none more and none missing', () => {
    expect(actionsIn(policyOf('member'))).toEqual(inTable((where) => where !== 'organization'));
    expect(actionsIn(policyOf('management'))).toEqual(inTable(() => true));
    expect(actionsIn(policyOf('hub'))).toEqual(['sts:AssumeRole']);
    // Needs no permission, even under an explicit Deny (STS API reference).
    const ungranted = Object.values(operations).filter(
      ({ action }) => !holders.some((holder) => grantedActions(holder).includes(action)),
    );
    expect(ungranted.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity']);
  });

  test('is spelt as AWS spells it, each once, by no pattern, and only lists and reads', () => {
    for (const action of actionsIn(policyOf('management'))) {
      expect(describeAction(action)).toMatchObject({ name: action });
      expect(['List', 'Read']).toEqual(expect.arrayContaining([...(describeAction(action)?.access ?? ['none'])]));
    }
    for (const holder of holders)
      expect(new Set(actionsIn(policyOf(holder))).size).toBe(actionsIn(policyOf(holder)).length);
  });

  test('is named Get, List, Describe or Lookup, but for two reports that AWS has to make first and counts as reads', () => {
    const odd = actionsIn(policyOf('management')).filter((action) => !/:(Get|List|Describe|Lookup)/.test(action));
    expect(odd).toEqual(['iam:GenerateCredentialReport', 'iam:GenerateServiceLastAccessedDetails']);
  });

  test('is no sensitive permission, but for the event history, in a statement of its own', () => {
    const sensitive = new Set(sensitivePermissions.map(({ action }) => action));
    expect(sensitive.size).toBeGreaterThan(100);
    expect(actionsIn(policyOf('management')).filter((action) => sensitive.has(action))).toEqual([eventHistory]);
    for (const holder of ['member', 'management'] as const)
      expect(policyOf(holder).Statement).toContainEqual({
        ...{ Sid: 'ReadsEventHistory', Effect: 'Allow', Action: [eventHistory], Resource: ['*'] },
      });
  });
});

describe('what is not granted', () => {
  // Answers of these carry secrets, or what people put beside secrets: environments, user data, state.
  const secrets =
    `iam:CreateAccessKey iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential iam:CreateLoginProfile
    iam:CreateVirtualMFADevice sts:GetSessionToken sts:GetFederationToken sts:AssumeRoot sts:AssumeRoleWithSAML
    secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath
    s3:GetObject dynamodb:GetItem kms:Decrypt kms:GenerateDataKey lambda:GetFunction lambda:GetFunctionConfiguration
    ecs:DescribeTaskDefinition ec2:DescribeInstanceAttribute ec2:GetPasswordData ec2:GetConsoleOutput cloudformation:GetTemplate
    codebuild:BatchGetProjects ecr:GetAuthorizationToken redshift:GetClusterCredentials rds-db:connect eks:AccessKubernetesApi
    codeartifact:GetAuthorizationToken cognito-identity:GetCredentialsForIdentity`.split(/\s+/);
  const dangers =
    `iam:PassRole iam:PutRolePolicy iam:AttachRolePolicy iam:UpdateAssumeRolePolicy iam:DeleteRole cloudtrail:StopLogging
    cloudtrail:DeleteTrail cloudtrail:PutEventSelectors cloudtrail:UpdateTrail organizations:LeaveOrganization
    organizations:DetachPolicy organizations:UpdatePolicy organizations:MoveAccount account:CloseAccount account:EnableRegion
    bedrock:InvokeModel lambda:InvokeFunction ec2:RunInstances iam:GetServiceLastAccessedDetailsWithEntities`.split(
      /\s+/,
    );

  test.each(['member', 'management'] as const)('no secret and no change, for the %s', (holder) => {
    const allowed = [...secrets, ...dangers, 'sts:AssumeRole'].filter(
      (action) => decide([policyOf(holder)], action) === 'Allowed',
    );
    expect(allowed).toEqual([]);
    expect(secrets.filter((action) => describeAction(action) === undefined)).toEqual([]);
  });

  test('nothing at all of AWS but what is granted', () => {
    const policy = policyOf('management');
    const statements = parsePolicy(policy, 'identity', 'all').statements;
    const covered = services()
      .flatMap(actionsOf)
      .map(({ name }) => name)
      .filter((name) =>
        statements.some(({ actions }) => actions.some((it) => it.toLowerCase() === name.toLowerCase())),
      );
    expect(covered.sort()).toEqual(actionsIn(policy));
    expect(actionsIn(policy).filter((action) => /[*?]/.test(action))).toEqual([]);
  });
});

describe('resources', () => {
  const anywhere = (policy: PolicyDocument) =>
    Object.fromEntries(
      policy.Statement.filter(({ Resource }) => Resource?.includes('*')).map((it) => [it.Sid, it.Action]),
    );

  test('`*` stands only where AWS has no resource type, with few named exceptions', () => {
    const { AwsNamesNoResourceType: none = [], ...named } = anywhere(policyOf('management'));
    const typeless = actionsIn(policyOf('management')).filter(
      (action) => describeAction(action)?.resources.length === 0 && action !== eventHistory,
    );
    expect(none).toEqual(typeless);
    const allAtOnce = actionsIn(policyOf('management')).filter(
      (action) => askedInstead[action]?.types.length === 0 && action !== eventHistory,
    );
    expect(named).toEqual({ AsksForAllAtOnce: allAtOnce, ReadsEventHistory: [eventHistory] });
    expect(allAtOnce.length).toBeLessThan(6);
  });

  test('each action that is asked about other resources is a granted one, and says why', () => {
    for (const [action, { reason }] of Object.entries(askedInstead)) {
      expect(grantedActions('management')).toContain(action);
      expect(reason).not.toBe('');
    }
  });

  test.each([
    ['iam:GenerateServiceLastAccessedDetails', 'arn:aws:iam::222233334444:policy/p'],
    ['iam:GenerateServiceLastAccessedDetails', 'arn:aws:iam::222233334444:group/g'],
    ['account:ListRegions', `arn:aws:account::${hub.account}:account/${organization.id}/222233334444`],
    [
      'organizations:DescribePolicy',
      `arn:aws:organizations::${hub.account}:policy/${organization.id}/tag_policy/p-12345678`,
    ],
    [
      'organizations:DescribePolicy',
      `arn:aws:organizations::${hub.account}:policy/o-zzzzzzzzzz/service_control_policy/p-12345678`,
    ],
    ['organizations:ListAccountsForParent', `arn:aws:organizations::${hub.account}:root/o-zzzzzzzzzz/r-abcd`],
  ])('%s is not granted on %s', (action, resource) => {
    const resourceAccount = hub.account;
    expect(decide([policyOf('management')], action, { resource, resourceAccount })).toBe('ImplicitlyDenied');
  });

  test('without the organisation, any organisation’s policies and units, in any partition', () => {
    const { Statement } = readerPolicy('management', { partition: 'aws-cn', readerRole: { name: 'R' } });
    const resources = Statement.flatMap(({ Resource }) => Resource).filter((it) => it !== '*');
    expect(resources).toContain('arn:aws-cn:organizations::*:ou/o-*/ou-*');
    expect(resources.filter((it) => !it?.startsWith('arn:aws-cn:') || it.includes('${'))).toEqual([]);
  });
});

describe('the hub', () => {
  const assume = (resource: string, context: Readonly<Record<string, string>>, more: object = {}) =>
    decide([policyOf('hub', more)], 'sts:AssumeRole', { resource, resourceAccount: hub.account, context });
  const inside = { 'aws:ResourceOrgID': organization.id };

  test('assumes the reader role by its exact name and path, inside the organisation', () => {
    const role = 'arn:aws:iam::222233334444:role/AssayReader';
    const trust = trustPolicy({ partition: 'aws', hub: { account: hub.account } });
    expect(decide([policyOf('hub')], 'sts:AssumeRole', { resource: role, context: inside, trust })).toBe('Allowed');
    expect(assume(role, { 'aws:ResourceOrgID': 'o-zzzzzzzzzz' })).toBe('ImplicitlyDenied');
    expect(assume(role, {})).toBe('ImplicitlyDenied');
    for (const other of ['AssayReader2', 'x/AssayReader', 'Admin'])
      expect(assume(`arn:aws:iam::222233334444:role/${other}`, inside)).toBe('ImplicitlyDenied');
    expect(policyOf('hub', { readerRole: { name: 'R', path: '/audit/' } }).Statement[0]?.Resource).toEqual([
      'arn:aws:iam::*:role/audit/R',
    ]);
  });
});

describe('the trust policy', () => {
  const role = 'arn:aws:iam::222233334444:role/AssayReader';
  const caller = `arn:aws:iam::${hub.account}:role/Assay-Collect`;
  const good = {
    'sts:ExternalId': 'only-we',
    'aws:PrincipalOrgID': organization.id,
    'aws:PrincipalArn': caller,
    'aws:ResourceOrgID': organization.id,
  };
  const assume = (context: Readonly<Record<string, string>>, principal = caller, trust: Partial<TrustScope> = {}) =>
    decide([policyOf('hub')], 'sts:AssumeRole', {
      principal,
      resource: role,
      context,
      trust: trustPolicy({ ...trustScope, ...trust }),
    });
  const without = (key: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));

  test('lets Assay in', () => expect(assume(good)).toBe('Allowed'));

  test.each([
    ['without the external id', without('sts:ExternalId')],
    ['with another external id', { ...good, 'sts:ExternalId': 'guessed' }],
    ['from no organisation', without('aws:PrincipalOrgID')],
    ['from another organisation', { ...good, 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' }],
    ['another role of the account', { ...good, 'aws:PrincipalArn': `arn:aws:iam::${hub.account}:role/Admin` }],
  ])('denies %s', (_, context) => expect(assume(context)).toBe('ImplicitlyDenied'));

  test('denies another account', () => {
    const principal = 'arn:aws:iam::999988887777:role/Assay-Collect';
    expect(assume({ ...good, 'aws:PrincipalArn': principal }, principal)).toBe('ImplicitlyDenied');
  });

  test('has no condition that was not asked for', () => {
    const [statement] = trustPolicy({ partition: 'aws', hub: { account: hub.account } }).Statement;
    expect(statement).not.toHaveProperty('Condition');
    expect(statement).not.toHaveProperty('Resource');
  });
});

test('every document is one that IAM takes, and fits', () => {
  for (const holder of holders) parsePolicy(JSON.stringify(policyOf(holder)), 'identity', holder);
  for (const policy of [...holders.map((holder) => policyOf(holder)), trustPolicy(trustScope)])
    for (const { Sid } of policy.Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  expect(policySize(policyOf('member'))).toBeLessThan(policyLimits.managed); // and so fits inline as well
  expect(policySize(policyOf('management'))).toBeLessThan(policyLimits.managed);
  expect(policySize(policyOf('hub'))).toBeLessThan(policyLimits.managed);
  const longest = {
    ...trustScope,
    hub: { ...hub, principal: `role/${'p'.repeat(64)}` },
    externalId: 'x'.repeat(1_224),
  };
  expect(policySize(trustPolicy(longest))).toBeLessThan(policyLimits.trust);
  expect(policySize({ Version: '2012-10-17', Statement: [] })).toBe('{"Version":"2012-10-17","Statement":[]}'.length);
});

describe('a whole night of the demo organisation, every call decided under exactly these policies', () => {
  const management = organization.management as string;
  const used = new Map<PolicyHolder, Set<string>>(holders.map((holder) => [holder, new Set()]));
  const refused = new Set<string>();
  /** Granted and not called in this night, and why. */
  const mayBeUnused: Readonly<Record<string, string>> = {
    'management cloudtrail:GetEventDataStore': 'the demo keeps its event data stores in other accounts',
    'management events:ListTargetsByRule': 'the demo keeps its rules in other accounts',
  };
  const arns = new Map<string, string>(); // of roots, units and policies, as Organizations lists them

  const inside = {
    'aws:PrincipalArn': `arn:aws:iam::${management}:role/Assay-Collect`,
    'aws:PrincipalOrgID': organization.id,
    'aws:ResourceOrgID': organization.id,
    'sts:ExternalId': 'only-we',
  };

  /** The resource AWS checks a call on (Service Authorization Reference), written out once more by hand. */
  function resourceOf(operation: Operation, input: Readonly<Record<string, unknown>>, account: string): string {
    const text = (key: string): string => String(input[key]);
    const listed = (key: string): string => arns.get(text(key)) ?? `no ARN was listed for ${text(key)}`;
    const user = (): string => `arn:aws:iam::${account}:user/${text('UserName')}`;
    const logGroup = (name: string): string => `arn:aws:logs:eu-central-1:${account}:log-group:${name}`;
    const table: Partial<Record<Operation, () => string>> = {
      'account:ListRegions': () => `arn:aws:account::${account}:account`,
      'cloudtrail:GetEventDataStore': () => text('EventDataStore'),
      'cloudtrail:GetEventConfiguration': () => text('TrailName'),
      'cloudtrail:GetEventSelectors': () => text('TrailName'),
      'cloudtrail:GetInsightSelectors': () => text('TrailName'),
      'cloudtrail:GetTrailStatus': () => text('Name'),
      'events:ListTargetsByRule': () =>
        `arn:aws:events:eu-central-1:${account}:rule/${input['EventBusName'] === undefined ? '' : `${text('EventBusName')}/`}${text('Rule')}`,
      'logs:DescribeMetricFilters': () => logGroup(text('logGroupName')),
      'logs:DescribeSubscriptionFilters': () => logGroup(text('logGroupName')),
      'iam:GenerateServiceLastAccessedDetails': () => text('Arn'),
      'iam:ListMFADevices': user,
      'iam:ListSSHPublicKeys': user,
      'iam:ListSigningCertificates': user,
      'organizations:ListDelegatedServicesForAccount': () => listed('AccountId'),
      'organizations:ListTagsForResource': () => listed('ResourceId'),
      'organizations:DescribePolicy': () => listed('PolicyId'),
      'organizations:ListTargetsForPolicy': () => listed('PolicyId'),
      'organizations:ListAccountsForParent': () => listed('ParentId'),
      'organizations:ListOrganizationalUnitsForParent': () => listed('ParentId'),
      'sts:AssumeRole': () => text('RoleArn'),
    };
    return table[operation]?.() ?? '*';
  }

  /** Whether a collector makes a call for this action: a table that runs ahead of the collectors has no caller yet. */
  const isCollected = (wanted: string): boolean =>
    Object.values(collectors)
      .flatMap((collector): readonly Operation[] => collector.operations)
      .some((operation) => [operations[operation].action, ...(operations[operation].also ?? [])].includes(wanted));

  function noteArns(output: unknown): void {
    if (typeof output !== 'object' || output === null) return;
    const { Id, Arn } = output as { Id?: string; Arn?: string };
    if (Id !== undefined && Arn !== undefined) arns.set(Id, Arn);
    for (const inner of Object.values(output)) noteArns(inner);
  }

  function isAllowed(owner: Owner, operation: Operation, input: object): boolean {
    const { action, also = [] } = operations[operation];
    const own = owner === 'organization' || owner === management || operation === 'sts:AssumeRole';
    const account = own ? management : owner;
    for (const it of [action, ...also])
      used.get(it === 'sts:AssumeRole' ? 'hub' : own ? 'management' : 'member')?.add(it);
    const principal = `arn:aws:sts::${account}:assumed-role/${own ? 'Assay-Collect' : 'AssayReader'}/assay`;
    const held = own ? [policyOf('management'), policyOf('hub')] : [policyOf('member')];
    const resource = resourceOf(operation, input as Readonly<Record<string, unknown>>, account);
    if (operation === 'sts:AssumeRole')
      return (
        decide(held, action, { principal, resource, context: inside, trust: trustPolicy(trustScope) }) === 'Allowed'
      );
    const asked = [{ it: action, on: resource }, ...also.map((it) => ({ it, on: '*' }))];
    return asked.every(
      ({ it, on }) => decide(held, it, { principal, resource: on, resourceAccount: account }) === 'Allowed',
    );
  }

  function enforcing(inner: AwsReaders): AwsReaders {
    return {
      accounts: () => inner.accounts(),
      for: (where) => {
        const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
          if (!isAllowed(where.account, operation, input)) {
            refused.add(`${operation}: if it is granted, name the resource it is asked about in askedInstead`);
            throw denied(operation, 'AccessDenied', where.account, '*');
          }
          const answer = await inner.for(where).call(operation, input);
          noteArns(answer.output);
          return answer;
        };
        return { call, pages: (operation, input) => pagesOf(call, operation, input) };
      },
    };
  }

  test('refuses nothing, changes no figure, and leaves no granted action unused', async () => {
    const free = await night(world(simulatorReaders(organization)));
    const held = await night(world(enforcing(simulatorReaders(organization))));
    expect([...refused]).toEqual([]);
    expect(free.summary?.metrics.length).toBeGreaterThan(5);
    expect(held.summary?.metrics).toEqual(free.summary?.metrics);
    const calls = holders.flatMap((holder) => [...(used.get(holder) ?? [])].map((action) => `${holder} ${action}`));
    const grants = holders.flatMap((holder) => grantedActions(holder).map((action) => `${holder} ${action}`));
    expect(calls.filter((it) => !grants.includes(it) && !it.endsWith(' sts:GetCallerIdentity'))).toEqual([]);
    const unused = grants.filter((it) => !calls.includes(it) && !Object.hasOwn(mayBeUnused, it));
    expect(unused.filter((it) => isCollected(it.split(' ')[1] ?? ''))).toEqual([]);
  });
});
