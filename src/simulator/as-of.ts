import type {
  SimulatedAccessKey,
  SimulatedAccount,
  SimulatedCredential,
  SimulatedOrganization,
  SimulatedRole,
  SimulatedScp,
  SimulatedServiceUse,
  SimulatedUser,
} from './organization.ts';

/**
 * The organisation as it stood at an earlier clock: what was made later is not there yet, and a use that came later is not known yet. Whoever
 * was used after that clock was used as regularly before it: as long before it as the last use lies before the organisation's own clock.
 */
export function asOf(organization: SimulatedOrganization, clock: string): SimulatedOrganization {
  const then = new Then(organization.clock, clock);
  const members = organization.accounts.filter(({ joined, invited = joined }) => then.isPast(invited));
  const gone = new Set<string>(organization.accounts.filter((it) => !members.includes(it)).map(({ id }) => id));
  const policies = (all: readonly SimulatedScp[]): SimulatedScp[] =>
    all.map((it) => ({ ...it, targets: it.targets.filter((target) => !gone.has(target)) }));
  return {
    ...organization,
    clock,
    accounts: members.map((account) => accountThen(account, then)),
    scps: policies(organization.scps),
    rcps: policies(organization.rcps),
  };
}

/** An earlier moment, and what was known at it. */
class Then {
  readonly #back: number;
  readonly #now: number;

  constructor(later: string, earlier: string) {
    this.#now = Date.parse(earlier);
    this.#back = Date.parse(later) - this.#now;
  }

  /** Whether something made at a moment was there. */
  isThere = ({ created }: { readonly created: string }): boolean => Date.parse(created) <= this.#now;

  isPast = (moment: string): boolean => Date.parse(moment) <= this.#now;

  /** The last use that was known, of something made at `since`. */
  use(at: string, since: string): string {
    if (this.isPast(at)) return at;
    const [regular, made] = [Date.parse(at) - this.#back, Date.parse(since)];
    return new Date(regular > made ? regular : made + (this.#now - made) / 2).toISOString();
  }
}

const accountThen = (account: SimulatedAccount, then: Then): SimulatedAccount => ({
  ...account,
  users: account.users.filter(then.isThere).map((user) => userThen(user, then)),
  roles: account.roles.filter(then.isThere).map((role) => roleThen(role, then)),
});

function userThen(user: SimulatedUser, then: Then): SimulatedUser {
  const { created, password } = user;
  const used = password?.lastUsed ?? null;
  return {
    ...user,
    accessed: accessedThen(user, then),
    password: password === null || used === null ? password : { ...password, lastUsed: then.use(used, created) },
    accessKeys: user.accessKeys.map((key) => keyThen(key, created, then)),
    credentials: user.credentials.filter(then.isThere).map((credential) => credentialThen(credential, then)),
  };
}

function roleThen(role: SimulatedRole, then: Then): SimulatedRole {
  const { created, lastUsed } = role;
  return {
    ...role,
    accessed: accessedThen(role, then),
    lastUsed: lastUsed === null ? null : { ...lastUsed, at: then.use(lastUsed.at, created) },
  };
}

const keyThen = (key: SimulatedAccessKey, created: string, then: Then): SimulatedAccessKey => ({
  ...key,
  lastUsed: key.lastUsed === null ? null : { ...key.lastUsed, at: then.use(key.lastUsed.at, created) },
});

/** AWS calls a credential expired only once it is. */
function credentialThen(credential: SimulatedCredential, then: Then): SimulatedCredential {
  const { expires, status } = credential;
  const early = status === 'Expired' && expires !== null && !then.isPast(expires);
  return early ? { ...credential, status: 'Active' } : credential;
}

function accessedThen(
  { accessed, created }: Pick<SimulatedUser, 'accessed' | 'created'>,
  then: Then,
): SimulatedUser['accessed'] {
  if (accessed === 'failed') return accessed;
  const uses = Object.entries(accessed).map(([service, use]) => [
    service,
    use === null ? null : useThen(use, created, then),
  ]);
  return Object.fromEntries(uses) as Exclude<SimulatedUser['accessed'], string>;
}

function useThen(use: SimulatedServiceUse, created: string, then: Then): SimulatedServiceUse {
  const actions = Object.entries(use.actions).map(([action, at]) => [action, then.use(at, created)] as const);
  return { ...use, at: then.use(use.at, created), actions: Object.fromEntries(actions) };
}
