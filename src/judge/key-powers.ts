import { aiKeyPrefixes } from '../catalogue/credential-services.ts';
import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import type { Gap } from '../domain/gap.ts';
import { isCounted } from '../domain/identity.ts';
import type { IdentityRow, KeyPowerRow, PermissionRow, Power } from '../domain/tables.ts';
import { ActionSet } from '../iam/action-set.ts';
import { reach } from '../iam/reach.ts';
import type { PowerItem } from '../metrics/define.ts';
import type { IdentityHolder } from './holders.ts';

const create = 'iam:CreateServiceSpecificCredential';
const serviceName = 'iam:ServiceSpecificCredentialServiceName';
const makeable = ['aws-external-anthropic', 'bedrock'] as const;

const callOf = (prefix: string): string => `${prefix}:CallWithBearerToken`;
const tokenTypeOf = (prefix: string): string => `${prefix}:BearerTokenType`;

/** Who could make an AI key or use one, in rows, and what the figures count of every user and role but those of AWS's own services. */
export interface KeyPowers {
  readonly rows: readonly KeyPowerRow[];
  readonly items: readonly PowerItem[];
}

/** What was judged of the permissions of an account. */
interface Judged {
  readonly identities: readonly IdentityRow[];
  /** Every one of the actions above is on the list of sensitive permissions, so whoever holds it has a row. */
  readonly permissions: readonly PermissionRow[];
  readonly holders: ReadonlyMap<string, IdentityHolder>;
}

/** Asks each identity that may hold one of the actions at all, once for each kind of key: what the request carries is then fixed. */
export function judgeKeyPowers({ identities, permissions, holders }: Judged): KeyPowers {
  const held = Map.groupBy(permissions, ({ arn }) => arn);
  const rows: KeyPowerRow[] = [];
  const items: PowerItem[] = [];
  for (const { account, arn, kind } of identities) {
    if (kind === 'service-linked-role') continue;
    const ask = asking(held.get(arn) ?? [], holders.get(arn) ?? null);
    const make = table(makeable, (service) => ask(create, { [serviceName]: `${service}.amazonaws.com` }, []));
    const token = arn.includes(':user/') ? 'LONG_TERM' : 'SHORT_TERM'; // only a user can have a long-term one
    const call = table(aiKeyPrefixes, (prefix) =>
      // A request carries the key of its own prefix alone (domain facts C.3).
      ask(
        callOf(prefix),
        { [tokenTypeOf(prefix)]: token },
        aiKeyPrefixes.filter((it) => it !== prefix).map(tokenTypeOf),
      ),
    );
    if (isCounted(kind)) items.push({ kind, make: oneOf(make), call: oneOf(call) });
    if ([...Object.values(make), ...Object.values(call)].some((power) => power !== 'denied'))
      rows.push({ id: arn, account, arn, kind, make, call });
  }
  return { rows, items };
}

const table = <Name extends string>(names: readonly Name[], power: (name: Name) => Power): Record<Name, Power> =>
  Object.fromEntries(names.map((name) => [name, power(name)])) as Record<Name, Power>;

type Ask = (action: string, fixed: Readonly<Record<string, string>>, absent: readonly string[]) => Power;

function asking(held: readonly PermissionRow[], holder: IdentityHolder | null): Ask {
  return (action, fixed, absent) => {
    const row = held.find(({ actions }) => actions.includes(action));
    if (row === undefined || row.effective === 'denied') return 'denied';
    if (holder === null || holder.nominalUnread !== null) return 'unread';
    const values = Object.fromEntries(Object.entries(fixed).map(([key, value]) => [key, [value]]));
    const knowledge = holder.effective.knowledge.fixing(values, absent);
    const { verdict } = reach({ ...holder.effective, knowledge }, new ActionSet([action], resourceSpaceOf));
    return verdict !== 'denied' && isOpen(row, holder.limitsUnread) ? 'unread' : verdict;
  };
}

/** What the readable policies let through may still be stopped by one that was not read. */
const isOpen = ({ effective }: PermissionRow, limitsUnread: Gap | null): boolean =>
  effective === 'unread' || limitsUnread !== null;

/** Of several ways one is enough. */
function oneOf(table: Readonly<Record<string, Power>>): PowerItem['make'] {
  const found = Object.values(table);
  if (found.some((power) => power === 'allowed' || power === 'conditional')) return 'yes';
  return found.includes('unread') ? 'unread' : 'no';
}
