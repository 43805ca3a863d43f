import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { isCounted } from '../domain/identity.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { AccountResult } from '../domain/result.ts';
import type { IdentityRow, PermissionRow } from '../domain/tables.ts';
import { agentItems, type Rules, userItem } from '../judge/account.ts';
import type { IdentityHolder } from '../judge/holders.ts';
import { usersOf } from '../judge/identities.ts';
import { judgeKeyPowers } from '../judge/key-powers.ts';
import { holdingsOf, pairCountsOf, pairsOf } from '../judge/permissions.ts';
import { judgeTakeovers } from '../judge/takeovers.ts';
import type { ItemLists } from './effect.ts';

/** One account as it was judged: what changes are tried on. */
export interface World {
  readonly result: AccountResult;
  readonly holders: ReadonlyMap<string, IdentityHolder>;
  readonly facts: AccountFacts;
  readonly shared: SharedFacts;
  readonly planned: PlannedAccount;
  readonly rules: Rules;
}

/** Rows of one account by identity. */
export class ByIdentity {
  readonly #world: World;
  readonly #permissions: ReadonlyMap<string, readonly PermissionRow[]>;
  readonly #powerful: ReadonlySet<string>;
  readonly #takers: ReadonlySet<string>;
  readonly #users: ReadonlyMap<string, { readonly name: string; readonly arn: string }>;

  constructor(world: World) {
    this.#world = world;
    this.#permissions = Map.groupBy(world.result.permissions, ({ arn }) => arn);
    this.#powerful = new Set(world.result.keyPowers.map(({ arn }) => arn));
    this.#takers = new Set(world.result.takeovers.map(({ arn }) => arn));
    this.#users = new Map(usersOf(world.facts).map((user) => [user.arn, user]));
  }

  permissionsOf = (arn: string): readonly PermissionRow[] => this.#permissions.get(arn) ?? [];
  userOf = (arn: string) => this.#users.get(arn);

  /** What figures count of an identity by what it may do. `rows`: the permissions it holds, or would. */
  rights(identity: IdentityRow, rows = this.permissionsOf(identity.arn)): ItemLists {
    const { holders, result } = this.#world;
    const { arn, kind } = identity;
    const counted = isCounted(kind) && !identity.tooNew;
    return {
      holdings: counted ? holdingsOf(identity, pairCountsOf(rows)) : [],
      pairs: counted ? pairsOf(identity, rows) : [],
      // Fewer permissions give nobody a power or a takeover: who has none tonight need not be asked again.
      powers: this.#powerful.has(arn)
        ? judgeKeyPowers({ identities: [identity], permissions: rows, holders }).items
        : isCounted(kind)
          ? [{ kind, make: 'no', call: 'no' }]
          : [],
      takeovers: this.#takers.has(arn) ? judgeTakeovers([identity], { rows, holders }, result.agents) : [],
    };
  }

  /** Everything that figures count of an identity. */
  whole(identity: IdentityRow): ItemLists {
    const { facts, result, rules } = this.#world;
    const user = this.userOf(identity.arn);
    const { arn } = identity;
    return {
      ...this.rights(identity),
      identities: [identity],
      users: user === undefined ? [] : [userItem(user, facts, result.credentials, rules)],
      agents: agentItems(
        [identity],
        result.agents.filter((agent) => agent.arn === arn),
      ),
    };
  }
}
