import {
  type PolicyDocument,
  type PolicyHolder,
  policyLimits,
  policySize,
  readerPolicy,
  type TrustScope,
  trustPolicy,
} from '../../catalogue/reader-policy.ts';
import { type Format, forms, type PolicyOptions, type Subject } from '../commands/policy.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';

/** Prints the document that was asked for. */
export function policy(options: PolicyOptions, io: Io): ExitCode {
  const { for: subject, format, hub, partition } = options;
  if (hub?.partition !== undefined && partition !== undefined && hub.partition !== partition)
    throw new UsageError(`policy: --hub is in partition ${hub.partition}, --partition says ${partition}`);
  if (subject === 'trust' && format !== 'json')
    throw new UsageError(`policy: a trust policy is part of its role: ask --for member --format ${format}`);
  if (hub === undefined && (subject === 'trust' || (subject === 'member' && format === 'terraform')))
    throw new UsageError(
      'policy: whom shall the role trust? give --hub with the account Assay runs in, or the ARN of its role',
    );
  const text = writers[format](options);
  for (const flag of idleIn(options)) io.err(`note: ${flag} says nothing in this document\n`);
  io.out(text);
  return ExitCode.Ok;
}

/** Flags that were given and do not show in the document. */
function idleIn({ for: subject, format, ...given }: PolicyOptions): string[] {
  const role = subject === 'member' && format !== 'json';
  const trust = subject === 'trust' || role;
  const shown: readonly (readonly [flag: string, given: unknown, shows: boolean])[] = [
    ['--org-role', given.orgRole, subject === 'hub' || role],
    ['--role-path', given.rolePath, subject === 'hub' || role],
    ['--hub', given.hub, trust],
    ['--external-id', given.externalId, trust],
    ['--organization', given.organization, subject !== 'member' || role],
  ];
  return shown.flatMap(([flag, value, shows]) => (value === undefined || shows ? [] : [flag]));
}

const roleOf = ({ orgRole = 'AssayReader', rolePath = '/' }: PolicyOptions) => ({ name: orgRole, path: rolePath });
const partitionOf = ({ partition, hub }: PolicyOptions): string => partition ?? hub?.partition ?? 'aws';

/** The policy of a holder, its size checked. */
function granted(holder: PolicyHolder, options: PolicyOptions, partition: string): PolicyDocument {
  const { organization: organizationId } = options;
  const written = readerPolicy(holder, { partition, readerRole: roleOf(options), organizationId });
  return fitting(written, holder === 'member' ? 'inline' : 'managed');
}

/** The trust policy as the options say, or with placeholders in their place. */
function trusted(
  { hub, externalId, organization }: PolicyOptions,
  given: Partial<TrustScope> & { partition: string },
): PolicyDocument {
  const { account = '', principal } = hub ?? {};
  const said = { hub: { account, principal }, externalId, organizationId: organization, ...given };
  return fitting(trustPolicy(said), 'trust');
}

function fitting(written: PolicyDocument, kind: keyof typeof policyLimits): PolicyDocument {
  const size = policySize(written);
  if (size <= policyLimits[kind]) return written;
  throw new UsageError(
    `policy: the document has ${size} characters, AWS takes ${policyLimits[kind]} here; shorten the names in it`,
  );
}

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

const writers: Readonly<Record<Format, (options: PolicyOptions) => string>> = {
  json: (options) => {
    const partition = partitionOf(options);
    const { for: subject } = options;
    return `${asJson(subject === 'trust' ? trusted(options, { partition }) : granted(subject, options, partition))}\n`;
  },
  cloudformation: (options) =>
    `${asJson(options.for === 'member' ? roleTemplate(options) : policyTemplate(options))}\n`,
  terraform: (options) => (options.for === 'member' ? roleModule(options) : policyModule(options)),
};

const purposes: Readonly<Record<Subject, string>> = {
  member: 'Assay reads identities, credentials and trails of this account',
  management: 'Assay reads the organisation, and identities, credentials and trails of this account',
  hub: 'Assay assumes its reader role in the accounts of the organisation',
  trust: '',
};
const policyNames = { management: 'AssayManagement', hub: 'AssayHub' } as const;
const policyNameOf = ({ for: subject }: PolicyOptions): string => policyNames[subject === 'hub' ? 'hub' : 'management'];

// CloudFormation, as JSON, which needs no YAML writer and is YAML too.

/** The role as a template for a StackSet. Whom it trusts are parameters, with what was given as their defaults. */
function roleTemplate(options: PolicyOptions): object {
  const { hub, externalId, organization } = options;
  const parameters = {
    HubAccount: parameter('The account Assay runs in', forms.account.pattern, hub?.account),
    ...(hub?.principal === undefined
      ? {}
      : { HubPrincipal: parameter('Who Assay runs as in that account', forms.principal.pattern, hub.principal) }),
    ...(externalId === undefined
      ? {}
      : { ExternalId: parameter('What Assay sends to assume the role', forms.externalId.pattern, externalId) }),
    ...(organization === undefined
      ? {}
      : { OrganizationId: parameter('The organisation of that account', forms.organization.pattern, organization) }),
  };
  const trust = trusted(options, {
    partition: '${AWS::Partition}',
    hub: { account: '${HubAccount}', principal: hub?.principal === undefined ? undefined : '${HubPrincipal}' },
    externalId: externalId === undefined ? undefined : '${ExternalId}',
    organizationId: organization === undefined ? undefined : '${OrganizationId}',
  });
  const { name, path } = roleOf(options);
  return template(purposes.member, parameters, {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      Path: path,
      Description: purposes.member,
      AssumeRolePolicyDocument: substituted(trust),
      Policies: [
        { PolicyName: 'AssayReads', PolicyDocument: substituted(granted('member', options, '${AWS::Partition}')) },
      ],
    },
  });
}

/** The policy as a template, to attach to the principal that Assay runs as. */
function policyTemplate(options: PolicyOptions): object {
  const holder = options.for as PolicyHolder;
  return template(
    purposes[holder],
    {},
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: policyNameOf(options),
        Description: purposes[holder],
        PolicyDocument: substituted(granted(holder, options, '${AWS::Partition}')),
      },
    },
  );
}

const parameter = (Description: string, { source }: RegExp, given: string | undefined): object => ({
  Type: 'String',
  Description,
  AllowedPattern: source,
  ...(given === undefined ? {} : { Default: given }),
});

function template(
  description: string,
  parameters: object,
  resource: { readonly Type: string; readonly Properties: object },
): object {
  const id = 'Reader';
  const arn = resource.Type === 'AWS::IAM::Role' ? { 'Fn::GetAtt': [id, 'Arn'] } : { Ref: id };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
    Resources: { [id]: resource },
    Outputs: { Arn: { Value: arn } },
  };
}

/** Every text with a placeholder as `Fn::Sub`. No document of ours has an IAM policy variable, which would be written alike. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${') ? { 'Fn::Sub': value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner)]));
}

// Terraform, as `terraform fmt` leaves it.

function roleModule(options: PolicyOptions): string {
  const partition = partitionOf(options);
  const { name, path } = roleOf(options);
  const role = resource('aws_iam_role', 'assay_reader', [
    ['name', hclText(name)],
    ['path', hclText(path)],
    ['description', hclText(purposes.member)],
    ['assume_role_policy', hclDocument(trusted(options, { partition }))],
  ]);
  const reads = resource('aws_iam_role_policy', 'assay_reader', [
    ['name', hclText('AssayReads')],
    ['role', 'aws_iam_role.assay_reader.id'],
    ['policy', hclDocument(granted('member', options, partition))],
  ]);
  return `${role}\n${reads}`;
}

function policyModule(options: PolicyOptions): string {
  const holder = options.for as PolicyHolder;
  return resource('aws_iam_policy', `assay_${holder}`, [
    ['name', hclText(policyNameOf(options))],
    ['description', hclText(purposes[holder])],
    ['policy', hclDocument(granted(holder, options, partitionOf(options)))],
  ]);
}

type Attribute = readonly [name: string, expression: string];

/** A resource block; the equals signs of one-line attributes stand below each other. */
function resource(type: string, label: string, attributes: readonly Attribute[]): string {
  const oneLine = attributes.filter(([, expression]) => !expression.includes('\n'));
  const width = Math.max(...oneLine.map(([name]) => name.length));
  const lines = attributes.map(([name, expression]) =>
    expression.includes('\n') ? `  ${name} = ${expression}` : `  ${name.padEnd(width)} = ${expression}`,
  );
  return `resource "${type}" "${label}" {\n${lines.join('\n')}\n}\n`;
}

/** JSON is an expression of Terraform's language, but for the two ways its texts begin a template. */
const escaped = (json: string): string => json.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
const hclText = (text: string): string => escaped(JSON.stringify(text));

function hclDocument(written: PolicyDocument): string {
  const lines = asJson(written)
    .replace(/^( *"[^"]+"):/gm, '$1 :')
    .split('\n');
  return escaped(`jsonencode(${lines.join('\n  ')})`);
}
