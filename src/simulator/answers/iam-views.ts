import type {
  AttachedPermissionsBoundary,
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PermissionsBoundaryAttachmentType,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import type { Json } from '../../ports/aws-calls.ts';
import type {
  PolicyDocument,
  SimulatedAccount,
  SimulatedGrants,
  SimulatedGroup,
  SimulatedManagedPolicy,
  SimulatedRole,
  SimulatedUser,
} from '../organization.ts';
import { uniqueId } from '../unique-id.ts';

// Identities and policies in the shapes of IAM.

/** RFC 3986, as AWS encodes documents: `encodeURIComponent` leaves five characters plain that AWS does not. */
export const encodeDocument = (document: PolicyDocument): string =>
  encodeURIComponent(JSON.stringify(document)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

export const arnIn = ({ id }: SimulatedAccount, kind: 'user' | 'role' | 'group', path: string, name: string): string =>
  `arn:aws:iam::${id}:${kind}${path}${name}`;

const attachedView = ({ attached }: SimulatedGrants): Json<AttachedPolicy>[] =>
  attached.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));

const boundaryView = ({
  boundary,
}: SimulatedUser | SimulatedRole): { PermissionsBoundary?: Json<AttachedPermissionsBoundary> } =>
  boundary === null
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy' as Json<PermissionsBoundaryAttachmentType>,
          PermissionsBoundaryArn: boundary,
        },
      };

const inlineView = ({ inline }: SimulatedGrants): Json<PolicyDetail>[] =>
  Object.entries(inline).map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encodeDocument(document) }));

export function userView(account: SimulatedAccount, user: SimulatedUser): Json<UserDetail> {
  const Arn = arnIn(account, 'user', '/', user.name);
  return {
    Path: '/',
    UserName: user.name,
    UserId: uniqueId('AIDA', Arn),
    Arn,
    CreateDate: user.created,
    UserPolicyList: inlineView(user),
    GroupList: [...user.groups],
    AttachedManagedPolicies: attachedView(user),
    ...boundaryView(user),
    Tags: Object.entries(user.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

export function groupView(account: SimulatedAccount, group: SimulatedGroup): Json<GroupDetail> {
  const Arn = arnIn(account, 'group', '/', group.name);
  return {
    Path: '/',
    GroupName: group.name,
    GroupId: uniqueId('AGPA', Arn),
    Arn,
    CreateDate: group.created,
    GroupPolicyList: inlineView(group),
    AttachedManagedPolicies: attachedView(group),
  };
}

export function roleView(account: SimulatedAccount, role: SimulatedRole): Json<RoleDetail> {
  const Arn = arnIn(account, 'role', role.path, role.name);
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: uniqueId('AROA', Arn),
    Arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    InstanceProfileList: [],
    RolePolicyList: inlineView(role),
    AttachedManagedPolicies: attachedView(role),
    ...boundaryView(role),
    Tags: [],
    // AWS sends the object for every role and leaves its fields out where it saw no use.
    RoleLastUsed: role.lastUsed === null ? {} : { LastUsedDate: role.lastUsed.at, Region: role.lastUsed.region },
  };
}

export function policyView(account: SimulatedAccount, policy: SimulatedManagedPolicy): Json<ManagedPolicyDetail> {
  const holders = [...account.users, ...account.groups, ...account.roles];
  return {
    PolicyName: policy.name,
    PolicyId: uniqueId('ANPA', policy.arn),
    Arn: policy.arn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: holders.filter(({ attached }) => attached.includes(policy.arn)).length,
    PermissionsBoundaryUsageCount: [...account.users, ...account.roles].filter(
      ({ boundary }) => boundary === policy.arn,
    ).length,
    IsAttachable: true,
    CreateDate: policy.created,
    UpdateDate: policy.created,
    PolicyVersionList: [
      {
        Document: encodeDocument(policy.document),
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: policy.created,
      },
    ],
  };
}
