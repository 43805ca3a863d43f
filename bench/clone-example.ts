// Makes an account N times the size of an authorization-details file: `node bench/clone-example.ts <file> <times> > bigger.json`.
// Every principal is cloned under a new name, with its own copy of each policy, inline and customer managed, in which one ARN is changed:
// no two documents are alike, so that a cache by text alone gains nothing.
import { readFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Details = Item;
type Item = { [key: string]: Json };

/** A document of the clone: the first ARN in it, else its first resource, names something of the clone's own. */
function changed(document: Json, clone: number): Json {
  let done = false;
  const visit = (node: Json): Json => {
    if (typeof node === 'string') {
      if (done || !node.startsWith('arn:')) return node;
      done = true;
      return node.endsWith('*') ? `${node.slice(0, -1)}c${clone}*` : `${node}-c${clone}`;
    }
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  };
  const copy = visit(document);
  if (done || copy === null || typeof copy !== 'object' || Array.isArray(copy)) return copy;
  return { ...copy, Id: `clone-${clone}` }; // no ARN at all: the document still differs
}

const list = (item: Item, key: string): Item[] => (item[key] ?? []) as Item[];
const renamed = (text: Json, clone: number): string => `${String(text)}-c${clone}`;

function clonePrincipal(item: Item, clone: number, own: ReadonlySet<string>): Item {
  const copy: Item = { ...item };
  for (const key of ['UserName', 'RoleName', 'GroupName', 'Arn', 'UserId', 'RoleId', 'GroupId'])
    if (item[key] !== undefined) copy[key] = renamed(item[key] ?? '', clone);
  for (const key of ['UserPolicyList', 'RolePolicyList', 'GroupPolicyList'])
    if (item[key] !== undefined)
      copy[key] = list(item, key).map((it) => ({
        ...it,
        PolicyDocument: changed(it['PolicyDocument'] ?? null, clone),
      }));
  if (item['AssumeRolePolicyDocument'] !== undefined)
    copy['AssumeRolePolicyDocument'] = changed(item['AssumeRolePolicyDocument'], clone);
  if (item['GroupList'] !== undefined)
    copy['GroupList'] = (item['GroupList'] as Json[]).map((it) => renamed(it, clone));
  copy['AttachedManagedPolicies'] = list(item, 'AttachedManagedPolicies').map((it) =>
    own.has(String(it['PolicyArn'])) ? { ...it, PolicyArn: renamed(it['PolicyArn'] ?? '', clone) } : it,
  );
  return copy;
}

/** The same account with each principal `times` times; the first is the original. */
export function cloneDetails(details: Item, times: number): Item {
  const isOwn = (policy: Item): boolean => !String(policy['Arn']).includes(':iam::aws:');
  const own = new Set(
    list(details, 'Policies')
      .filter(isOwn)
      .map((it) => String(it['Arn'])),
  );
  const all: Item = { ...details };
  const clones = Array.from({ length: times - 1 }, (_, index) => index + 1);
  for (const key of ['UserDetailList', 'GroupDetailList', 'RoleDetailList'])
    all[key] = [
      ...list(details, key),
      ...clones.flatMap((clone) => list(details, key).map((it) => clonePrincipal(it, clone, own))),
    ];
  const clonePolicy = (policy: Item, clone: number): Item => ({
    ...policy,
    Arn: renamed(policy['Arn'] ?? '', clone),
    PolicyName: renamed(policy['PolicyName'] ?? '', clone),
    PolicyVersionList: list(policy, 'PolicyVersionList').map((it) => ({
      ...it,
      Document: changed(it['Document'] ?? null, clone),
    })),
  });
  all['Policies'] = [
    ...list(details, 'Policies'),
    ...clones.flatMap((clone) =>
      list(details, 'Policies')
        .filter(isOwn)
        .map((it) => clonePolicy(it, clone)),
    ),
  ];
  return all;
}

if (import.meta.main) {
  const [file = '', times = '1'] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(cloneDetails(JSON.parse(readFileSync(file, 'utf8')) as Item, Number(times))));
}
