import { asOf } from '../../src/simulator/as-of.ts';
import { demoOrganization } from '../../src/simulator/demo/organization.ts';
import { weekTruth } from '../../src/simulator/demo/truth-weeks.ts';
import { demoWeeks, windowIn } from '../../src/simulator/demo/weeks.ts';
import type {
  SimulatedAccount,
  SimulatedOrganization,
  SimulatedRole,
  SimulatedUser,
} from '../../src/simulator/organization.ts';

// A second count of every week of the demo, over the plain facts of the simulated organisation and without a line of the product: the
// planted figures must come out. What a used identity is counted as follows the sums of `truth-permissions.ts`.

const tonight = Date.parse('2026-10-05T04:00:00Z');
const day = 86_400_000;
const clockOf = (week: number): string => new Date(tonight - week * 7 * day).toISOString().replace('.000', '');

type Place = 'in' | 'out' | 'untrackable' | 'unread' | 'apart';
type Kind = 'user' | 'phantom-user' | 'role' | 'identity-center-role' | 'none';

const isPhantom = (name: string): boolean => /^(AeaApiKey|BedrockAPIKey)-/.test(name);

function kindOf(identity: SimulatedUser | SimulatedRole): Kind {
  if (!('path' in identity)) return isPhantom(identity.name) ? 'phantom-user' : 'user';
  if (identity.path.startsWith('/aws-service-role/') || ['BreakGlass', 'AssayReader'].includes(identity.name))
    return 'none';
  return identity.path.startsWith('/aws-reserved/') ? 'identity-center-role' : 'role';
}

/** Every last use of an identity that some answer of AWS tells. */
function usesOf(identity: SimulatedUser | SimulatedRole): string[] {
  const planted =
    identity.accessed === 'failed' ? [] : Object.values(identity.accessed).flatMap((use) => use?.at ?? []);
  if ('path' in identity) return [...planted, ...(identity.lastUsed === null ? [] : [identity.lastUsed.at])];
  return [
    ...planted,
    ...(identity.password?.lastUsed ? [identity.password.lastUsed] : []),
    ...identity.accessKeys.flatMap(({ lastUsed }) => lastUsed?.at ?? []),
  ];
}

// By the first words of a name. Whoever used what is sensitive and tracked: in the denominator alone. Whoever holds tracked permissions alone
// and used none of them: in the numerator. Whoever holds nothing sensitive: apart. All others: untrackable.
const usedAs: readonly (readonly [Place, RegExp])[] = [
  ['out', /^(app-runtime|db-migration|deploy-pipeline|incident-tools|access-key-issuer|ticket-sync)/],
  ['out', /^(ada\.|kofi\.|omar\.|ben\.|elena\.|jonas\.|nora\.|svc-terraform)/],
  ['out', /^AWSReservedSSO_(AdministratorAccess|DeveloperAccess)/],
  ['in', /^(key-rotation|patch-automation|token-broker|night-operator|policy-editor)/],
];
const nothingSensitive =
  /^(cost-explorer|edge-router|order-events|svc-log-shipper|svc-metrics|AWSReservedSSO_Billing|trail-janitor|agent-reviewer)/;
const security = ['log-archive', 'security-tooling'];

function holdingOf({ name }: SimulatedUser | SimulatedRole, account: SimulatedAccount, activity: Place): Place {
  const denied = security.includes(account.name) && name.startsWith('AWSReservedSSO_AIPlatformUser');
  if (nothingSensitive.test(name) || denied || activity === 'apart') return 'apart';
  if (activity === 'in') return 'in';
  return usedAs.find(([, names]) => names.test(name))?.[0] ?? 'untrackable';
}

interface Count {
  readonly identities: Record<Place, number>;
  readonly holdings: Record<Place, number>;
  readonly keyUsers: Record<Place, number>;
  keys: number;
}
const none = (): Record<Place, number> => ({ in: 0, out: 0, untrackable: 0, unread: 0, apart: 0 });

/** One account's identities, counted into a week's figures; `closed`: nobody could enter it, so that none of them is known. */
function countAccount(count: Count, account: SimulatedAccount, { now, window, closed }: At): void {
  const isIn = (at: string): boolean => Date.parse(at) >= now - window * day;
  const read = (place: Place): Place => (closed && place !== 'apart' ? 'unread' : place);
  for (const identity of [...account.users, ...account.roles].filter((it) => kindOf(it) !== 'none')) {
    const activity = isIn(identity.created) ? 'apart' : usesOf(identity).some(isIn) ? 'out' : 'in';
    count.identities[read(activity)] += 1;
    count.holdings[read(holdingOf(identity, account, activity))] += 1;
    if ('path' in identity) continue;
    const live = identity.credentials.filter(
      ({ service, status, expires }) =>
        /^(bedrock|aws-external-anthropic)\./.test(service) &&
        status === 'Active' &&
        (expires === null || Date.parse(expires) > now),
    );
    if (!closed) count.keys += live.length;
    count.keyUsers[read(live.length > 0 ? 'in' : 'out')] += 1;
  }
}

interface At {
  readonly now: number;
  readonly window: number;
  readonly closed: boolean;
}

/** A week's figures; an account that nobody could enter counts as it was a week before. */
function countWeek(week: number): Count {
  const count: Count = { identities: none(), holdings: none(), keyUsers: none(), keys: 0 };
  const window = windowIn(week);
  for (const account of demoOrganization(clockOf(week), week).accounts.filter(({ state }) => state === 'ACTIVE')) {
    const closed = account.refuses['sts:AssumeRole'] !== undefined;
    const then = closed ? week + 1 : week;
    const counted = demoOrganization(clockOf(then), then).accounts.find(({ id }) => id === account.id) ?? account;
    countAccount(count, counted, { now: Date.parse(clockOf(then)), window, closed });
  }
  return count;
}

const share = (it: Record<Place, number>) => [it.in, it.in + it.out, it.untrackable, it.unread];

test.each(Array.from({ length: demoWeeks }, (_, at) => demoWeeks - at))('%i weeks ago: the planted figures', (week) => {
  const { identities, holdings, keyUsers, keys } = countWeek(week);
  const { metrics, aiKeysLive } = weekTruth(week);
  const planted = (id: string) => {
    const found = metrics.find((it) => it.id === id);
    return found && [found.numerator, found.denominator, found.untrackable, found.unread];
  };
  expect({
    identities: planted('identity.unused-rate'),
    holdings: planted('permission.unused-sensitive-identity-rate'),
    keyUsers: planted('credential.ai-key-user-rate'),
    keys: aiKeysLive,
  }).toEqual({ identities: share(identities), holdings: share(holdings), keyUsers: share(keyUsers), keys });
});

test('what came later is not there yet, and what was used later was used as regularly before', () => {
  const clock = clockOf(0);
  const [now, then] = [demoOrganization(clock), asOf(demoOrganization(clock), clockOf(12))];
  const rolesIn = ({ accounts }: SimulatedOrganization) =>
    new Map(accounts.flatMap(({ id, roles }) => roles.map((role) => [`${id}/${role.name}`, role])));
  const earlier = rolesIn(then);
  for (const [id, role] of rolesIn(now)) {
    const before = earlier.get(id);
    if (role.created > then.clock) expect(before).toBeUndefined();
    else if (before?.lastUsed) expect(before.lastUsed.at <= then.clock).toBe(true);
  }
  expect(then.accounts.map(({ name }) => name)).not.toContain('data-lake');
});
