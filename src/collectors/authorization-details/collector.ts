import { z } from 'zod';
import type {
  AuthorizationDetails,
  GroupFact,
  ManagedPolicyFact,
  NamedPolicy,
  RoleFact,
  UserFact,
} from '../../domain/facts.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { known, type Reading, unknown } from '../../domain/reading.ts';
import { defineCollector, everyPage, reading } from '../define.ts';
import { type DocumentPlace, policyDocument } from '../policy-document.ts';

const operation = 'iam:GetAccountAuthorizationDetails';
const inline = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const attached = z.array(z.object({ PolicyArn: z.string() })).optional();
const boundary = z.object({ PermissionsBoundaryArn: z.string().optional() }).optional();
const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).optional();
const principal = {
  Arn: z.string(),
  Tags: tags,
  Path: z.string().optional(),
  CreateDate: z.string().optional(),
  PermissionsBoundary: boundary,
};
const User = z.object({
  ...principal,
  UserName: z.string(),
  UserPolicyList: z.array(inline).optional(),
  AttachedManagedPolicies: attached,
  GroupList: z.array(z.string()).optional(),
});
const Group = z.object({
  Arn: z.string(),
  GroupName: z.string(),
  GroupPolicyList: z.array(inline).optional(),
  AttachedManagedPolicies: attached,
});
const Role = z.object({
  ...principal,
  RoleName: z.string(),
  RolePolicyList: z.array(inline).optional(),
  AttachedManagedPolicies: attached,
  AssumeRolePolicyDocument: z.unknown(),
  RoleLastUsed: z.object({ LastUsedDate: z.string().optional() }).optional(),
});
const Policy = z.object({
  Arn: z.string(),
  DefaultVersionId: z.string().optional(),
  PolicyVersionList: z
    .array(
      z.object({ Document: z.unknown(), VersionId: z.string().optional(), IsDefaultVersion: z.boolean().optional() }),
    )
    .optional(),
});
const Page = z.object({
  UserDetailList: z.array(User).optional(),
  GroupDetailList: z.array(Group).optional(),
  RoleDetailList: z.array(Role).optional(),
  Policies: z.array(Policy).optional(),
});
type Page = z.infer<typeof Page>;
type Where = Omit<DocumentPlace, 'place'>;

/** Users, groups, roles and the managed policies in use, in one call. Policy documents that do not parse are gaps of their own. */
export const authorizationDetails = defineCollector<AuthorizationDetails>({
  id: 'authorization-details',
  operations: [operation],
  async collect(aws) {
    const pages = await reading('global', operation, async () => {
      const { value, at, source } = await everyPage(aws.in('global'), operation, {}, Page);
      return { value: { pages: value, where: { file: source, operation, at } as const }, at };
    });
    if (pages.kind === 'unknown') return { users: pages, groups: pages, roles: pages, policies: pages };
    return normalise(pages.value.pages, pages.value.where);
  },
});

/** Shapes the pages. A list that no page carries was not asked for (`--filter`) and stays unknown. */
export function normalise(pages: readonly Page[], where: Where): AuthorizationDetails {
  const list = <Key extends keyof Page, Fact>(
    key: Key,
    shape: (item: NonNullable<Page[Key]>[number], place: string) => Fact,
  ): Reading<readonly Fact[]> => {
    if (!pages.some((page) => page[key] !== undefined))
      return unknown({ code: 'NOT_IN_SNAPSHOT', operation: `${operation} ${key}` }, { region: 'global', operation });
    const items = pages.flatMap((page) => (page[key] ?? []) as NonNullable<Page[Key]>[number][]);
    return known(
      items.map((item, index) => shape(item, `${key}[${index}]`)),
      where.at,
    );
  };
  return {
    users: list('UserDetailList', (user, place) => userFact(user, where, place)),
    groups: list('GroupDetailList', (group, place) => groupFact(group, where, place)),
    roles: list('RoleDetailList', (role, place) => roleFact(role, where, place)),
    policies: list('Policies', (policy, place) => policyFact(policy, where, place)),
  };
}

const named = (policies: readonly z.infer<typeof inline>[] | undefined, where: Where, place: string): NamedPolicy[] =>
  (policies ?? []).map(({ PolicyName, PolicyDocument }, index) => ({
    name: PolicyName,
    document: policyDocument(PolicyDocument, { ...where, place: `${place}[${index}] (${PolicyName})` }),
  }));

const arns = (policies: z.infer<typeof attached>): string[] => (policies ?? []).map(({ PolicyArn }) => PolicyArn);

/** What users and roles have alike. */
const principalFact = (it: z.infer<typeof User> | z.infer<typeof Role>) => ({
  arn: it.Arn,
  path: it.Path ?? '/',
  created: isoDate(it.CreateDate),
  attached: arns(it.AttachedManagedPolicies),
  boundary: it.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  tags: Object.fromEntries((it.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
});

function userFact(user: z.infer<typeof User>, where: Where, place: string): UserFact {
  return {
    ...principalFact(user),
    name: user.UserName,
    inline: named(user.UserPolicyList, where, `${place}.UserPolicyList`),
    groups: user.GroupList ?? [],
  };
}

function groupFact(group: z.infer<typeof Group>, where: Where, place: string): GroupFact {
  return {
    arn: group.Arn,
    name: group.GroupName,
    inline: named(group.GroupPolicyList, where, `${place}.GroupPolicyList`),
    attached: arns(group.AttachedManagedPolicies),
  };
}

function roleFact(role: z.infer<typeof Role>, where: Where, place: string): RoleFact {
  return {
    ...principalFact(role),
    name: role.RoleName,
    inline: named(role.RolePolicyList, where, `${place}.RolePolicyList`),
    trust: policyDocument(role.AssumeRolePolicyDocument, { ...where, place: `${place}.AssumeRolePolicyDocument` }),
    lastUsed: lastUsedOf(role, where),
  };
}

/** AWS sends `RoleLastUsed: {}` for a role without recorded use; without the key at all nobody asked (ListRoles lacks it). */
function lastUsedOf(role: z.infer<typeof Role>, where: Where): Reading<string | null> {
  if (role.RoleLastUsed !== undefined) return known(isoDate(role.RoleLastUsed.LastUsedDate), where.at);
  return unknown({ code: 'NOT_IN_SNAPSHOT', operation: `${operation} RoleLastUsed` }, { region: 'global', operation });
}

function policyFact(policy: z.infer<typeof Policy>, where: Where, place: string): ManagedPolicyFact {
  const versions = policy.PolicyVersionList ?? [];
  const chosen = versions.findIndex(
    (version) => version.IsDefaultVersion === true || version.VersionId === policy.DefaultVersionId,
  );
  const document = policyDocument(versions[Math.max(chosen, 0)]?.Document, {
    ...where,
    place: `${place}.PolicyVersionList[${Math.max(chosen, 0)}]`,
  });
  return { arn: policy.Arn, document };
}
