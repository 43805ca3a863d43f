import { names, policiesHeld } from './held.ts';
import type { SimulatedAccount, SimulatedRole, SimulatedServiceUse, SimulatedUser } from './organization.ts';
import { type SimulatedService, services } from './services.ts';

/** One service that an identity's policies name: its tracked actions that they name as well, and its last use. */
export interface AccessLine {
  readonly service: SimulatedService;
  readonly tracked: readonly string[];
  readonly use: SimulatedServiceUse | null;
}

/** How many services an identity uses on the day of its last use, where nothing else is planted. */
const everydayServices = 3;

/** What AWS knows of an identity's attempts: what was planted; else the first services it may use, on the day its other activity tells. */
export function accessedBy(
  account: SimulatedAccount,
  identity: SimulatedUser | SimulatedRole,
): readonly AccessLine[] | 'failed' {
  const { accessed, name } = identity;
  if (accessed === 'failed') return accessed;
  const isNamed = names(policiesHeld(account, identity));
  const listed = services.filter(({ namespace }) => isNamed(`${namespace}:`));
  const stray = Object.keys(accessed).find((planted) => !listed.some(({ namespace }) => namespace === planted));
  if (stray !== undefined)
    throw new TypeError(`${name} has a use of \`${stray}\` planted, which its policies do not allow`);
  const last = lastUseOf(identity);
  return listed.map((service, index): AccessLine => {
    const tracked = service.tracked.filter((action) => isNamed(`${service.namespace}:${action}`));
    const planted = accessed[service.namespace];
    if (planted !== undefined) return { service, tracked, use: planted };
    if (last === null || index >= everydayServices) return { service, tracked, use: null };
    const read = tracked.find((action) => /^(List|Describe|Get)/.test(action));
    return { service, tracked, use: { ...last, actions: read === undefined ? {} : { [read]: last.at } } };
  });
}

type Use = Pick<SimulatedServiceUse, 'at' | 'region'>;
const signInRegion = 'eu-central-1' as Use['region'];

/** The latest use of a role, or of a user's password and keys. */
function lastUseOf(identity: SimulatedUser | SimulatedRole): Use | null {
  if ('lastUsed' in identity) return identity.lastUsed;
  const password = identity.password?.lastUsed ?? null;
  const uses: Use[] = [
    ...(password === null ? [] : [{ at: password, region: signInRegion }]),
    ...identity.accessKeys.flatMap(({ lastUsed }) =>
      lastUsed === null ? [] : [{ at: lastUsed.at, region: lastUsed.region }],
    ),
  ];
  return uses.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
}
