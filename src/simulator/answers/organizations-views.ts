import type {
  Account,
  Organization,
  OrganizationalUnit,
  PolicySummary,
  PolicyTargetSummary,
  Root,
} from '@aws-sdk/client-organizations';
import type { Json } from '../../ports/aws-calls.ts';
import type { SimulatedAccount, SimulatedOrganization, SimulatedScp, SimulatedUnit } from '../organization.ts';

// Organisation facts in the shapes of AWS Organizations.

const owned = ({ id, management }: SimulatedOrganization, kind: string, rest: string): string =>
  `arn:aws:organizations::${management}:${kind}/${id}${rest}`;

/** ARN of the root, an OU or an account; undefined for an id the organisation does not have. */
export function arnOf(organization: SimulatedOrganization, id: string): string | undefined {
  if (id === organization.root) return owned(organization, 'root', `/${id}`);
  if (organization.units.some((unit) => unit.id === id)) return owned(organization, 'ou', `/${id}`);
  return organization.accounts.some((account) => account.id === id)
    ? owned(organization, 'account', `/${id}`)
    : undefined;
}

const enabledTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

const emailOf = ({ name }: SimulatedAccount): string => `aws+${name}@example.com`;

export function organizationView(organization: SimulatedOrganization): Json<Organization> {
  const { id, management, accounts } = organization;
  const account = accounts.find((candidate) => candidate.id === management);
  return {
    Id: id,
    Arn: owned(organization, 'organization', ''),
    FeatureSet: 'ALL',
    MasterAccountArn: owned(organization, 'account', `/${management}`),
    MasterAccountId: management,
    ...(account === undefined ? {} : { MasterAccountEmail: emailOf(account) }),
    AvailablePolicyTypes: enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

export function rootView(organization: SimulatedOrganization): Json<Root> {
  return {
    Id: organization.root,
    Arn: owned(organization, 'root', `/${organization.root}`),
    Name: 'Root',
    PolicyTypes: enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

export function unitView(organization: SimulatedOrganization, { id, name }: SimulatedUnit): Json<OrganizationalUnit> {
  return { Id: id, Arn: owned(organization, 'ou', `/${id}`), Name: name };
}

export function accountView(organization: SimulatedOrganization, account: SimulatedAccount): Json<Account> {
  const { id, name, state, joined, invited } = account;
  return {
    Id: id,
    Arn: owned(organization, 'account', `/${id}`),
    Email: emailOf(account),
    Name: name,
    Status: state === 'SUSPENDED' || state === 'PENDING_CLOSURE' ? state : 'ACTIVE',
    State: state,
    JoinedMethod: id === organization.management ? 'INVITED' : 'CREATED',
    JoinedTimestamp: invited ?? joined,
  };
}

export function policySummary(organization: SimulatedOrganization, policy: SimulatedScp): Json<PolicySummary> {
  const Type = organization.rcps.includes(policy) ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY';
  const path = `${Type.toLowerCase()}/${policy.id}`;
  return {
    Id: policy.id,
    Arn: policy.awsManaged ? `arn:aws:organizations::aws:policy/${path}` : owned(organization, 'policy', `/${path}`),
    Name: policy.name,
    Description: policy.description,
    Type,
    AwsManaged: policy.awsManaged,
  };
}

export function targetView(organization: SimulatedOrganization, id: string): Json<PolicyTargetSummary> {
  const { root, units, accounts } = organization;
  const named = [...units, ...accounts].find((candidate) => candidate.id === id);
  const Arn = arnOf(organization, id);
  if (Arn === undefined) throw new TypeError(`a policy is attached to \`${id}\`, which the organisation does not have`);
  const Type = id === root ? 'ROOT' : /^\d{12}$/.test(id) ? 'ACCOUNT' : 'ORGANIZATIONAL_UNIT';
  return { TargetId: id, Arn, Name: named?.name ?? 'Root', Type };
}
