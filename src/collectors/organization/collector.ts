import { z } from 'zod';
import type { AccountEntry, OrganizationFacts } from '../../domain/facts.ts';
import { accountId } from '../../domain/ids.ts';
import { partitionOfArn } from '../../domain/partition.ts';
import { known, type Reading } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { defineCollector, everyPage, oneAnswer, reading } from '../define.ts';
import { resourceControlPolicies, serviceControlPolicies } from './policies.ts';

const Described = z.object({
  Organization: z.object({
    Id: z.string(),
    Arn: z.string().optional(),
    MasterAccountArn: z.string().optional(),
    MasterAccountId: z.string().regex(/^\d{12}$/),
  }),
});
const Roots = z.object({
  Roots: z.array(
    z.object({
      Id: z.string(),
      Arn: z.string().optional(),
      PolicyTypes: z.array(z.object({ Type: z.string().optional(), Status: z.string().optional() })).optional(),
    }),
  ),
});
const Ous = z.object({
  OrganizationalUnits: z.array(z.object({ Id: z.string(), Name: z.string().optional() })),
});
/** `Status` was retired in September 2026 in favour of `State`; old recordings carry the one, new answers the other (E.6). */
const Accounts = z.object({
  Accounts: z.array(
    z.object({
      Id: z.string().regex(/^\d{12}$/),
      Arn: z.string().optional(),
      Name: z.string().optional(),
      State: z.string().optional(),
      Status: z.string().optional(),
    }),
  ),
});
type Root = z.infer<typeof Roots>['Roots'][number];
type Tree = Extract<OrganizationFacts['tree'], { kind: 'known' }>['value'];

/** The organisation: id, OU tree, accounts, service and resource control policies with attachments. */
export const organization = defineCollector<OrganizationFacts>({
  id: 'organization',
  operations: [
    'organizations:DescribeOrganization',
    'organizations:ListRoots',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListAccountsForParent',
    'organizations:ListPolicies',
    'organizations:ListTargetsForPolicy',
    'organizations:DescribePolicy',
  ],
  async collect(aws) {
    const reader = aws.in('global');
    const { id, roots, tree } = await readMembers(reader);
    const policyTypes = enabledTypes(roots);
    const scps = await serviceControlPolicies(reader);
    return { id, tree, policyTypes, scps, rcps: await resourceControlPolicies(reader, policyTypes) };
  },
});

/** The organisation's id, its OUs and its accounts: what has to be known to say which accounts a night covers. */
export async function readMembers(
  reader: AwsReader,
): Promise<Pick<OrganizationFacts, 'id' | 'tree'> & { readonly roots: Reading<readonly Root[]> }> {
  const id = await reading('global', 'organizations:DescribeOrganization', async () => {
    const { value, at } = await oneAnswer(reader, 'organizations:DescribeOrganization', {}, Described);
    const { Id, Arn, MasterAccountArn, MasterAccountId } = value.Organization;
    const partition = partitionIn(Arn, MasterAccountArn);
    return { value: { organization: Id, managementAccount: accountId(MasterAccountId), ...partition }, at };
  });
  const roots = await reading('global', 'organizations:ListRoots', () => readRoots(reader));
  const tree =
    roots.kind === 'unknown'
      ? roots
      : await reading('global', 'organizations:ListAccountsForParent', () => readTree(reader, roots.value, roots.at));
  return { id, roots, tree };
}

async function readRoots(reader: AwsReader): Promise<{ value: Root[]; at: string | null }> {
  const { value, at } = await everyPage(reader, 'organizations:ListRoots', {}, Roots);
  return { value: value.flatMap((page) => page.Roots), at };
}

/**
 * The policy types enabled for any root; null where an answer does not tell (old ones, and shortened ones). A type that is being enabled or
 * disabled is not (AWS Organizations API reference, PolicyTypeSummary): AWS detaches its policies.
 */
function enabledTypes(roots: Reading<readonly Root[]>): Reading<readonly string[] | null> {
  if (roots.kind === 'unknown') return roots;
  const lists = roots.value.map(({ PolicyTypes }) => PolicyTypes);
  if (lists.length === 0 || lists.includes(undefined)) return known(null, roots.at);
  return known(
    lists
      .flatMap((list) => list ?? [])
      .flatMap(({ Type, Status = 'ENABLED' }) => (Type !== undefined && Status === 'ENABLED' ? [Type] : [])),
    roots.at,
  );
}

/** Walks the OUs from the root, children in AWS's order, so that the plan lists accounts as an organisation chart would. */
async function readTree(
  reader: AwsReader,
  found: readonly Root[],
  at: string | null,
): Promise<{ value: Tree; at: string | null }> {
  const roots = found.map(({ Id }) => Id);
  const ous: Tree['ous'][number][] = [];
  const accounts: AccountEntry[] = [];
  const arns = found.map(({ Arn }) => Arn);
  const visit = async (ParentId: string, path: readonly string[]): Promise<void> => {
    const listed = await accountsUnder(reader, ParentId, path);
    accounts.push(...listed.map(({ entry }) => entry));
    arns.push(...listed.map(({ arn }) => arn));
    const pages = await everyPage(reader, 'organizations:ListOrganizationalUnitsForParent', { ParentId }, Ous);
    for (const { Id, Name } of pages.value.flatMap((page) => page.OrganizationalUnits)) {
      if (ous.some(({ id }) => id === Id)) continue; // moved while we read: seen already
      ous.push({ id: Id, name: Name ?? Id, parent: path.at(-1) ?? null });
      await visit(Id, [...path, Id]);
    }
  };
  for (const root of roots) await visit(root, []);
  return { value: { roots, ous, accounts, ...partitionIn(...arns) }, at };
}

/** The partition that the first of some ARNs names, left out where none does. */
function partitionIn(...arns: readonly (string | undefined)[]): { readonly partition?: string } {
  const partition = arns.map(partitionOfArn).find((it) => it !== undefined);
  return partition === undefined ? {} : { partition };
}

async function accountsUnder(
  reader: AwsReader,
  ParentId: string,
  ou: readonly string[],
): Promise<{ readonly entry: AccountEntry; readonly arn: string | undefined }[]> {
  const { value } = await everyPage(reader, 'organizations:ListAccountsForParent', { ParentId }, Accounts);
  return value
    .flatMap((page) => page.Accounts)
    .map(({ Id, Arn, Name, State, Status }) => ({
      entry: { account: accountId(Id), name: Name ?? null, state: State ?? Status ?? 'UNKNOWN', ou },
      arn: Arn,
    }));
}
