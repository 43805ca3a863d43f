import { partitionOfArn } from '../domain/partition.ts';
import type { Policy } from '../iam/policy.ts';
import { type AccountFence, accountFence, fenceAlone } from '../judge/fences.ts';
import { rootTarget } from '../judge/scp-plan.ts';
import type { FencedOrganization, PlacedAccount } from '../pipeline/fenced-accounts.ts';
import { UsageError } from './io.ts';
import type { ScpFile } from './scp-files.ts';

/** An SCP that is not attached yet, and where it would be. */
export interface Trial {
  readonly name: string;
  readonly policy: Policy;
  readonly document: object;
  /** `root`, or ids of OUs or accounts. */
  readonly targets: readonly string[];
}

/** Places SCPs to try in an organisation: at its root where nothing else is said. */
export function trialsOf(
  scps: readonly ScpFile[],
  attach: readonly string[] | undefined,
  organization: FencedOrganization,
): Trial[] {
  const targets = [...new Set((attach ?? [rootTarget]).map((target) => targetIn(target, organization)))];
  return scps.map(({ file, policy, document }) => ({ name: file, policy, document, targets }));
}

function targetIn(target: string, { facts: { tree }, alone }: FencedOrganization): string {
  if (target === rootTarget) return rootTarget;
  if (alone) throw new UsageError(`guardrails: --attach ${target}: no organisation was read, so there is only root`);
  if (tree.kind === 'unknown') throw new UsageError(`guardrails: --attach ${target}: the organisation was not read`);
  const { roots, ous, accounts } = tree.value;
  if (roots.includes(target)) return rootTarget;
  const known = [...ous.map(({ id }) => id), ...accounts.map(({ account }) => account as string)];
  if (known.includes(target)) return target;
  throw new UsageError(`guardrails: --attach: no root, OU or account \`${target}\` in the organisation`);
}

/** The SCPs on trial that would be on an account's path. */
export function onPath(trials: readonly Trial[], { account, ou }: Pick<PlacedAccount, 'account' | 'ou'>): Trial[] {
  const path: readonly string[] = [rootTarget, ...ou, account];
  return trials.filter(({ targets }) => targets.some((target) => path.includes(target)));
}

/** An account's fence with the SCPs on trial. Without an organisation they are all there is. */
export function fenceTrying(
  trials: readonly Trial[],
  { shared, alone }: Pick<FencedOrganization, 'shared' | 'alone'>,
  place: Pick<PlacedAccount, 'account' | 'ou'>,
): AccountFence {
  const policies = onPath(trials, place).map(({ policy }) => policy);
  return alone && trials.length > 0
    ? fenceAlone(place.account, policies, shared.partition)
    : accountFence(shared, place, policies);
}

/** The partition that SCPs name; undefined where they name none, or several. */
export function partitionNamedIn(scps: readonly Pick<ScpFile, 'policy'>[]): string | undefined {
  const [partition, ...others] = new Set(textsOf(scps).flatMap((text) => partitionOfArn(text) ?? []));
  return others.length === 0 ? partition : undefined;
}

/** The accounts that SCPs name: what they say of one may differ from what they say of all others. */
export function accountsNamedIn(scps: readonly Pick<ScpFile, 'policy'>[]): string[] {
  return [...new Set(textsOf(scps).flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))].sort();
}

/** Resources and values that SCPs name. */
const textsOf = (scps: readonly Pick<ScpFile, 'policy'>[]): string[] =>
  scps
    .flatMap(({ policy }) => policy.statements)
    .flatMap(({ resources, conditions }) => [...(resources ?? []), ...conditions.flatMap(({ values }) => values)]);
