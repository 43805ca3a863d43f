import { word } from '../controls/shell.ts';
import type { Change, Effect } from '../domain/action-table.ts';
import type { AccountFacts, ServiceCredential } from '../domain/facts.ts';
import { arnIn } from '../domain/partition.ts';
import type { Reading } from '../domain/reading.ts';
import type { CredentialRow } from '../domain/tables.ts';
import { placeLastUse } from '../domain/window.ts';
import { userItem } from '../judge/account.ts';
import { stalenessWithoutStale } from '../judge/staleness.ts';
import { addEffects, effectsOf } from './effect.ts';
import type { ByIdentity, World } from './world.ts';

const isOpenKey = ({ ai, live }: CredentialRow): boolean => ai && live;

/** Live long-term AI keys, one by one. A user with two is counted until the last of them is off. */
export const keyChanges = (world: World, by: ByIdentity): Change[] =>
  world.result.credentials.filter(isOpenKey).map((key): Change => {
    const { account, user, service, credentialId } = key;
    const arns = arnsOf(world, user);
    return {
      key: `deactivate-ai-key/${account}/${credentialId}`,
      account,
      kind: 'deactivate-ai-key',
      what: `Deactivate the ${service.split('.')[0]} key of ${user}`,
      command: `aws iam update-service-specific-credential --user-name ${word(user)} --service-specific-credential-id ${word(credentialId)} --status Inactive`,
      policy: null,
      blast: { accounts: 1, identities: 1, ...useOf(key, world) },
      effects: withoutKeys(world, by, [key]),
      closes: [credentialId, ...arns.flatMap((arn) => ofUsers.map((control) => `${control}/${arn}`))],
    };
  });

/** Controls whose findings about a user stand until the user's keys are off. */
const ofUsers = ['long-term-ai-keys', 'phantom-users', 'ai-key-holder-rights'];

const arnsOf = ({ result, facts, shared }: World, user: string): string[] => [
  ...new Set([
    ...result.identities.filter(({ arn, name }) => name === user && arn.includes(':user/')).map(({ arn }) => arn),
    arnIn(shared.partition, `iam::${facts.account}:user/${user}`),
  ]),
];

/** What all keys of the account do together. */
export function allKeys(world: World, by: ByIdentity): Effect[] {
  const byUser = Map.groupBy(world.result.credentials.filter(isOpenKey), ({ user }) => user);
  return addEffects([...byUser.values()].map((keys) => withoutKeys(world, by, keys)));
}

/** Their user, judged again as if AWS called the keys inactive. */
function withoutKeys(world: World, by: ByIdentity, keys: readonly CredentialRow[]): Effect[] {
  const { facts, result, rules } = world;
  const ids = new Set(keys.map(({ credentialId }) => credentialId));
  const user = arnsOf(world, keys[0]?.user ?? '').flatMap((arn) => by.userOf(arn) ?? [])[0];
  if (user === undefined) return [];
  const rows = result.credentials.map((row) =>
    ids.has(row.credentialId) ? { ...row, live: false, status: 'Inactive' } : row,
  );
  const after = userItem(user, inactive(facts, ids), rows, rules);
  return effectsOf(rules.metrics, {
    before: { users: [userItem(user, facts, result.credentials, rules)] },
    after: { users: [after] },
  });
}

function inactive(facts: AccountFacts, ids: ReadonlySet<string>): AccountFacts {
  const { byService, byUser } = facts.serviceCredentials;
  const off = (list: Reading<readonly ServiceCredential[]>): Reading<readonly ServiceCredential[]> =>
    list.kind === 'unknown'
      ? list
      : { ...list, value: list.value.map((it) => (ids.has(it.id) ? { ...it, status: 'Inactive' } : it)) };
  const all = (lists: Readonly<Record<string, Reading<readonly ServiceCredential[]>>>) =>
    Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, off(list)]));
  return { ...facts, serviceCredentials: { byService: all(byService), byUser: all(byUser) } };
}

/** AWS keeps no last use of such a key: its user's last access to the services it opens stands for it. */
function useOf({ lastUse: { state, at, sole } }: CredentialRow, { rules }: World) {
  const { days } = rules.window;
  if (state === 'not-measured') return { used: null, words: 'whether its user used the service is not known' };
  if (state === 'none' || at === null) return { used: 0, words: 'no use of the service by its user is on record' };
  const inside = placeLastUse(at, rules.window, null) === 'inside';
  const with_ = sole === true ? 'and held nothing else to do it with' : 'with this key or something else';
  return {
    used: inside ? 1 : 0,
    words: `its user last used the service on ${at.slice(0, 10)}, ${with_}${inside ? '' : `: not in the last ${days} days`}`,
  };
}

/** Users who hold passwords or keys that nobody used in the window: those go, what was used stays. Users who go as a whole are left out. */
export const retirements = ({ result, facts, rules }: World, by: ByIdentity): Change[] =>
  result.identities
    .filter(({ activity, tooNew }) => activity !== 'unused' || tooNew)
    .flatMap(({ account, arn, name }): Change[] => {
      const user = by.userOf(arn);
      const item = user === undefined ? undefined : userItem(user, facts, result.credentials, rules);
      if (user === undefined || item?.staleness !== 'stale') return [];
      const after = { ...item, staleness: stalenessWithoutStale(user, facts, rules.window) };
      return [
        {
          key: `retire-credentials/${arn}`,
          account,
          kind: 'retire-credentials',
          what: `Deactivate what ${name} did not sign in with`,
          command: `aws iam list-access-keys --user-name ${word(name)}`,
          policy: null,
          blast: {
            accounts: 1,
            identities: 1,
            used: 0,
            words: `nobody used them in ${rules.window.days} days; the credentials that were used stay`,
          },
          effects: effectsOf(rules.metrics, { before: { users: [item] }, after: { users: [after] } }),
          closes: [`unused-credentials/${arn}`, `first-access-key/${arn}`],
        },
      ];
    });
