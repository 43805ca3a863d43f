import { scpLimits } from '../catalogue/policy-limits.ts';
import type { AccountChanges, Change } from '../domain/action-table.ts';
import { type GuardrailSettings, guardrailSettings } from '../domain/guardrail-settings.ts';
import { accountId } from '../domain/ids.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import { type Unit, unitsOf } from '../guardrails/closing.ts';
import type { Guardrail } from '../guardrails/define.ts';
import { documentOf, type ScpDocument, sizeOf, statementsFrom } from '../guardrails/statements.ts';
import { parsePolicy } from '../iam/parse.ts';
import type { Policy } from '../iam/policy.ts';
import { standingBehind } from '../judge/closing-gaps.ts';
import { type AccountFence, accountFence, withMore } from '../judge/fences.ts';
import { allGuardrails, gradeGuardrails } from '../judge/guardrails.ts';
import { judgeKeyPowers } from '../judge/key-powers.ts';
import { effectsOf, type ItemLists } from './effect.ts';
import type { World } from './world.ts';

/** Guardrails that stop who could make an AI key, or call with one: who can is asked again behind them. */
const ofPowers = new Set(['no-ai-key-creation', 'no-long-term-ai-key-use']);

const isOpen = ({ grade }: GuardrailRow): boolean => grade === 'partial' || grade === 'absent';

/** Where guardrails do not hold, or hold but for principals that a policy names: what decides where an SCP may be attached. */
export const fencesOf = ({ result }: World): AccountChanges['fences'] =>
  result.guardrails.flatMap((row): AccountChanges['fences'] => {
    if (isOpen(row)) return [{ guardrail: row.guardrail, state: 'open' }];
    return row.grade === 'enforced-with-exceptions' ? [{ guardrail: row.guardrail, state: 'kept' }] : [];
  });

/** One SCP for each guardrail that does not hold, tried on the account: attached, proven again, counted again. */
export function scpChanges(world: World): Change[] {
  const fence = accountFence(world.shared, world.planned);
  if (!fence.bound || fence.doubts.length > 0) return [];
  const open = world.result.guardrails.filter(isOpen);
  const uses = open.length === 0 ? new Map<string, Uses>() : usesIn(world);
  return open.flatMap((row) => {
    const guardrail = allGuardrails.find(({ id }) => id === row.guardrail);
    return guardrail === undefined
      ? []
      : [changeOf(world, fence, row, { guardrail, ...(uses.get(guardrail.id) ?? nobody) })];
  });
}

/** Who of an account used what an SCP takes and may go on, and whether that is known of everybody. */
interface Uses {
  readonly spared: readonly string[];
  readonly allRead: boolean;
}
const nobody: Uses = { spared: [], allRead: true };

interface Closed extends Uses {
  readonly guardrail: Guardrail;
}

function changeOf(
  world: World,
  fence: AccountFence,
  row: GuardrailRow,
  { guardrail, spared, allRead }: Closed,
): Change {
  const { result, rules } = world;
  const { partition } = fence.fence;
  const settings = rules.guardrails ?? guardrailSettings;
  const policy = parsePolicy(scpOf(guardrail, spared, { ...settings, partition }), 'scp', guardrail.id);
  const behind = { ...fence, fence: { ...fence.fence, scps: withMore(fence.fence.scps, [policy]) } };
  const after = gradeGuardrails(behind, result.identities, { guardrails: [guardrail], settings });
  const powers = ofPowers.has(guardrail.id) ? powersBehind(world, policy) : { before: [], after: [] };
  return {
    key: `attach-scp/${guardrail.id}`,
    account: 'organization',
    kind: 'attach-scp',
    what: guardrail.title,
    command: `assay guardrails --guardrail ${guardrail.id} --emit scp`,
    policy: null,
    blast: {
      accounts: 1,
      identities: spared.length,
      used: allRead ? spared.length : null,
      words: allRead
        ? spared.length === 0
          ? 'nobody used in the window what it denies'
          : 'who used what it denies keeps it'
        : notMeasured,
    },
    ...(partition === undefined ? {} : { partition }),
    spared,
    effects: effectsOf(rules.metrics, {
      before: { guardrails: [row], powers: powers.before },
      after: { guardrails: after, powers: powers.after },
    }),
    closes: [`guardrail-enforcement/${row.guardrail}`],
  };
}

/** What SCPs of all guardrails can close: the same in every account of a partition, so that it is proven once for some settings. */
function unitsFor(settings: GuardrailSettings, partition: string | undefined): readonly Unit[] {
  const known = provenUnits.get(settings) ?? new Map<string | undefined, readonly Unit[]>();
  provenUnits.set(settings, known);
  const units =
    known.get(partition) ?? unitsOf(allGuardrails, { account: accountId('000000000000'), partition, ...settings });
  known.set(partition, units);
  return units;
}
const provenUnits = new WeakMap<GuardrailSettings, Map<string | undefined, readonly Unit[]>>();

const notMeasured = 'whether somebody uses what it denies is not measured of everybody: ask first';

/** By guardrail, who of the account used what its SCP takes. Nobody knows as long as one list of identities is unread. */
function usesIn({ result, holders, facts, shared, planned, rules }: World): Map<string, Uses> {
  const units = unitsFor(rules.guardrails ?? guardrailSettings, shared.partition);
  const asked = { shared, place: planned, window: rules.window, holders: holders.values() };
  const { spared, unread } = standingBehind(units, facts, result.identities, asked);
  const { users, roles } = facts.authorization;
  const listed = users.kind === 'known' && roles.kind === 'known';
  return new Map(
    [...Map.groupBy(units.keys(), (at) => units[at]?.guardrail.id ?? '')].map(([id, places]): [string, Uses] => [
      id,
      {
        spared: [...new Set(places.flatMap((at) => spared[at] ?? []))].sort(),
        allRead: listed && places.every((at) => unread[at]?.length === 0),
      },
    ]),
  );
}

/** The SCP that closes a guardrail. `exempt`: ARNs of principals that keep what it denies to everybody else. */
export const scpOf = (
  guardrail: Guardrail,
  exempt: readonly string[],
  settings: Parameters<Guardrail['closings']>[0] = guardrailSettings,
): ScpDocument =>
  documentOf(
    statementsFrom(guardrail.closings(settings).map((closing) => ({ closing, actions: closing.actions, exempt }))),
  );

/** The SCP of a guardrail by its id, or null where it does not fit into one. */
export function scpFor(
  id: string,
  exempt: readonly string[],
  settings: Parameters<Guardrail['closings']>[0],
): ScpDocument | null {
  const guardrail = allGuardrails.find((it) => it.id === id);
  if (guardrail === undefined) return null;
  const document = scpOf(guardrail, exempt, settings);
  return sizeOf(document) <= scpLimits.characters ? document : null;
}

/** Who could make a key or call with one, today and behind one more SCP. */
function powersBehind(
  { result, holders }: World,
  policy: Policy,
): Record<'before' | 'after', ItemLists['powers'] & object> {
  const { permissions } = result;
  const some = new Set(result.keyPowers.map(({ arn }) => arn)); // the others have no power that could be taken
  const identities = result.identities.filter(({ arn }) => some.has(arn));
  const limited = new Map(
    [...holders]
      .filter(([arn]) => some.has(arn))
      .map(([arn, holder]) => {
        const { effective } = holder;
        return [arn, { ...holder, effective: { ...effective, scps: withMore(effective.scps, [policy]) } }];
      }),
  );
  return {
    before: judgeKeyPowers({ identities, permissions, holders }).items,
    after: judgeKeyPowers({ identities, permissions, holders: limited }).items,
  };
}
