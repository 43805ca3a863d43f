import { isConsolePolicy } from '../catalogue/credential-services.ts';
import type { AccountFacts, ServiceCredentials, UserFact } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import { isPhantomName } from '../domain/identity.ts';
import { ownerIn } from '../domain/owner-tag.ts';
import type { CredentialRow, KeyHolderRow, KeyHolderState } from '../domain/tables.ts';
import { holdsAiKey } from './credentials.ts';
import { usersOf } from './identities.ts';
import { type OtherCredentials, otherCredentials } from './other-credentials.ts';

/**
 * Every user who holds a service-specific credential or of whom it is not known whether an AI key is held, and every phantom user whether
 * it holds one or not. Users whom only a listing of credentials names are here too: no refusal hides a key that was seen.
 */
export function judgeKeyHolders(facts: AccountFacts, credentials: readonly CredentialRow[]): KeyHolderRow[] {
  const held = Map.groupBy(credentials, ({ user }) => user);
  const known = new Map(usersOf(facts).map((user) => [user.name, user]));
  const { users } = facts.authorization;
  const details = new Map(users.kind === 'known' ? users.value.map((user) => [user.name, user]) : []);
  const { serviceCredentials } = facts;
  const isUnread = (user: string): boolean =>
    holdsAiKey(user, serviceCredentials, held.get(user) ?? []) === 'unread' &&
    unreadOf(user, serviceCredentials) !== null;
  const names = new Set([...[...known.keys()].filter((it) => isPhantomName(it) || isUnread(it)), ...held.keys()]);
  return [...names].sort().map((user) => {
    const own = held.get(user) ?? [];
    const phantom = isPhantomName(user);
    const unread = unreadOf(user, serviceCredentials);
    const others = otherCredentials(user, facts);
    const policies = policiesOf(details.get(user));
    return {
      id: `${facts.account}/${user}`,
      account: facts.account,
      user,
      arn: known.get(user)?.arn ?? null,
      created: known.get(user)?.created ?? null,
      phantom,
      state: stateOf(own, unread),
      unread,
      credentials: own.length,
      live: own.filter(({ live }) => live).length,
      owner: ownerIn(details.get(user)?.tags ?? {}),
      others,
      gained: phantom ? gainedBy(others) : null,
      ...policies,
    };
  });
}

/** Why not all credentials of a user are known; null where the own listing was read, or every service's list of all users. */
function unreadOf(user: string, { byService, byUser }: ServiceCredentials): Gap | null {
  const own = byUser[user];
  if (own !== undefined) return own.kind === 'known' ? null : own.gap;
  const unread = Object.values(byService).find(({ kind }) => kind === 'unknown');
  return unread?.kind === 'unknown' ? unread.gap : null;
}

/** The worst of a user's credentials. One that was not seen may be live, so nothing less than live is said while a listing is missing. */
function stateOf(own: readonly CredentialRow[], unread: Gap | null): KeyHolderState {
  if (own.some(({ live }) => live)) return 'live-key';
  if (unread !== null) return 'not-measured';
  if (own.length === 0) return 'orphaned';
  return own.some(({ status }) => status === 'Inactive') ? 'inactive-only' : 'expired-only'; // an inactive one can be turned on again
}

/** An access key that was turned off counts: its holder can turn it on. */
function gainedBy({ password, accessKeys, accessKeysInactive }: OtherCredentials): 'yes' | 'no' | 'not-measured' {
  if (password === null || accessKeys === null || accessKeysInactive === null) return 'not-measured';
  return password || accessKeys + accessKeysInactive > 0 ? 'yes' : 'no';
}

function policiesOf(user: UserFact | undefined): Pick<KeyHolderRow, 'consolePolicies' | 'otherPolicies'> {
  if (user === undefined) return { consolePolicies: null, otherPolicies: null };
  return {
    consolePolicies: user.attached.filter(isConsolePolicy),
    otherPolicies: [
      ...user.attached.filter((arn) => !isConsolePolicy(arn)),
      ...user.inline.map(({ name }) => `inline ${name}`),
      ...user.groups.map((group) => `group ${group}`),
    ],
  };
}
