import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formerScpLimits, scpLimits } from '../catalogue/policy-limits.ts';
import { accountId } from '../domain/ids.ts';
import type { Window } from '../domain/window.ts';
import { type Unit, unitsOf } from '../guardrails/closing.ts';
import { closingSidOf, type ScpDocument, sizeOf } from '../guardrails/statements.ts';
import { parsePolicy } from '../iam/parse.ts';
import { standingBehind, unitStates } from '../judge/closing-gaps.ts';
import { accountFence, fenceAlone } from '../judge/fences.ts';
import type { Asked } from '../judge/guardrails.ts';
import { type PlannedFence, planWithin, type Room, rootTarget, type Unplaced } from '../judge/scp-plan.ts';
import type { FencedOrganization } from '../pipeline/fenced-accounts.ts';
import { peopleIn } from './guardrail-trial.ts';
import { UsageError } from './io.ts';
import { asUsage } from './output-dir.ts';
import { onPath, type Trial } from './scp-trial.ts';

/** An SCP that closes gaps, ready to be made and attached. */
export interface EmittedScp extends Trial {
  readonly document: ScpDocument;
  readonly characters: number;
}

/** A principal that goes on with what everybody else loses, because it used it in the window. */
export interface Spared {
  readonly account: string;
  readonly principal: string;
  readonly guardrail: string;
  readonly actions: readonly string[];
}

export interface Emission {
  readonly scps: readonly EmittedScp[];
  readonly spared: readonly Spared[];
  readonly unplaced: readonly Unplaced[];
}

/** SCPs that close exactly the gaps found in an organisation. */
export async function emittedScps(
  organization: FencedOrganization,
  asked: Asked,
  { window, exceptions }: { readonly window: Window; readonly exceptions: 'keep' | 'close' },
): Promise<Emission> {
  const { partition } = organization.shared;
  const units = unitsOf(asked.guardrails, {
    account: accountId('000000000000'),
    partition,
    ...asked.settings,
  });
  const fences: PlannedFence[] = [];
  for (const place of organization.accounts) {
    const around = organization.alone
      ? fenceAlone(place.account, [], partition)
      : accountFence(organization.shared, place);
    const { facts, identities } = await peopleIn(organization, place, window);
    const spared = around.bound
      ? standingBehind(units, facts, identities, { shared: organization.shared, place, window }).spared
      : units.map(() => []);
    fences.push({ ...place, states: unitStates(units, around, asked.settings, exceptions), spared });
  }
  const others = organization.others.map(
    (place): PlannedFence => ({
      ...place,
      states: units.map(() => 'kept'),
      spared: units.map(() => []),
    }),
  );
  const roomIn = ({ characters, perTarget }: { readonly characters: number; readonly perTarget: number }): Room => ({
    characters,
    free: (target) => perTarget - organization.attachedTo(target),
  });
  const rooms = [roomIn(formerScpLimits), roomIn(scpLimits)] as const;
  const { scps, unplaced } = planWithin(units, [...fences, ...others], rooms);
  const named = scps.map(({ document, targets }, at): EmittedScp => {
    const name = `assay-guardrails-${at + 1}`;
    const placed = organization.alone ? targets.flatMap((it) => accountsOf(it, fences)) : targets;
    return {
      name,
      document,
      targets: placed,
      characters: sizeOf(document),
      policy: parsePolicy(document, 'scp', name),
    };
  });
  return { scps: named, spared: sparedIn(units, fences, named), unplaced };
}

/** Without an organisation there is no root to attach to. */
const accountsOf = (target: string, fences: readonly PlannedFence[]): string[] =>
  target === rootTarget ? fences.map(({ account }) => account) : [target];

/** Who of those that used something is exempt in what was emitted, and from what. */
function sparedIn(units: readonly Unit[], fences: readonly PlannedFence[], scps: readonly EmittedScp[]): Spared[] {
  return fences.flatMap(({ account, ou, spared }) => {
    const own = scps.filter((scp) => onPath([scp], { account, ou }).length > 0);
    const found = new Map<string, Spared & { actions: string[] }>();
    for (const [at, unit] of units.entries())
      for (const principal of (spared[at] ?? []).filter((arn) => own.some((scp) => exempts(scp, unit, arn)))) {
        const key = `${principal} ${unit.guardrail.id}`;
        const there = found.get(key) ?? { account, principal, guardrail: unit.guardrail.id, actions: [] };
        there.actions.push(unit.action);
        found.set(key, there);
      }
    return [...found.values()];
  });
}

/** Whether a document takes a unit from everybody but, among others, one principal. */
const exempts = ({ document }: EmittedScp, { closing, action }: Unit, arn: string): boolean =>
  document.Statement.some(({ Sid, Action, Condition }) => {
    const takes = [Action].flat().some((it) => it === action || it === closing.all);
    const exempt = [Condition?.['ArnNotLike']?.['aws:PrincipalArn'] ?? []].flat();
    return closingSidOf(Sid) === closing.sid && takes && exempt.includes(arn);
  });

/** Refuses a directory that holds something already, before anything is computed. */
export function checkEmptyDir(dir: string): void {
  if (!existsSync(dir)) return;
  const used = !statSync(dir).isDirectory() || readdirSync(dir).length > 0;
  if (used) throw new UsageError(`guardrails: --output-dir: \`${dir}\` is not an empty directory; choose a new one`);
}

/** Writes the documents as AWS takes them, without blanks, and the whole result beside them. */
export function writeScps(dir: string, scps: readonly EmittedScp[], result: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    for (const { name, document } of scps) writeFileSync(join(dir, `${name}.json`), JSON.stringify(document));
    writeFileSync(join(dir, 'proof.json'), result);
  } catch (error) {
    throw asUsage(error, `guardrails: --output-dir: cannot write to \`${dir}\``);
  }
}
