/** What an IAM user or role is (design §3). The first four are counted; the others are counted apart and named. */
export const identityKinds = [
  'user',
  'phantom-user',
  'role',
  'identity-center-role',
  'service-linked-role',
  'break-glass',
  'assay-reader',
] as const;
export type IdentityKind = (typeof identityKinds)[number];

export const countedKinds = [
  'user',
  'phantom-user',
  'role',
  'identity-center-role',
] as const satisfies readonly IdentityKind[];
export type CountedKind = (typeof countedKinds)[number];

/** Roles that an AI service may act as: a subset of the counted kinds, with figures of its own that no total adds up. */
export const agentSubset = 'agent-role';

/** What figures are counted by: kinds, which add up to the whole, and the subset. */
export const figureKinds = [...countedKinds, agentSubset] as const;

export const isCounted = (kind: IdentityKind): kind is CountedKind =>
  (countedKinds as readonly IdentityKind[]).includes(kind);

/** The prefixes of the users that the Claude Platform and Bedrock consoles make for a long-term key (domain facts A.6, B.1). */
export const phantomPrefixes = ['AeaApiKey-', 'BedrockAPIKey-'];

export const isPhantomName = (name: string): boolean => phantomPrefixes.some((prefix) => name.startsWith(prefix));

/** Names that make an identity one of Assay's own or one kept for emergencies. */
export interface SpecialNames {
  readonly readerRoles: readonly string[];
  readonly breakGlass: readonly string[];
}

export function kindOfUser(name: string, arn: string, special: SpecialNames): IdentityKind {
  if (special.breakGlass.includes(arn)) return 'break-glass';
  return isPhantomName(name) ? 'phantom-user' : 'user';
}

/** Roles that AWS makes and keeps for its services. */
export const isServiceLinked = (path: string): boolean => path.startsWith('/aws-service-role/');

export function kindOfRole(name: string, path: string, arn: string, special: SpecialNames): IdentityKind {
  if (isServiceLinked(path)) return 'service-linked-role';
  if (special.breakGlass.includes(arn)) return 'break-glass';
  if (special.readerRoles.includes(name)) return 'assay-reader';
  return path.startsWith('/aws-reserved/sso.amazonaws.com/') ? 'identity-center-role' : 'role';
}
