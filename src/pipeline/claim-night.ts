import { runId } from '../domain/ids.ts';
import type { ExecutionInput, Night } from '../domain/night.ts';
import { digestOf } from '../evidence/canonical.ts';
import { dtOf } from '../evidence/chain.ts';
import type { Dependencies } from './dependencies.ts';
import { work } from './keys.ts';

export interface ClaimNightInput {
  /** Id of the execution: the same id again is a retried task, another one a duplicate start. */
  readonly execution: string;
  readonly input: ExecutionInput;
}

export interface ClaimNightOutput {
  readonly claimed: boolean;
  readonly night: Night;
}

/** What a night covers and by which input: nights with equal scope digests can be compared. Weeks have scopes of their own. */
export const scopeDigestOf = ({
  kind,
  input,
  selection,
}: Pick<ExecutionInput, 'kind' | 'input' | 'selection'>): string => digestOf({ kind, source: input.source, selection });

/** The facts of a night, from its input alone (design §1): the same input, clock and versions give the same run id. */
export function nightOf(input: ExecutionInput, versions: Readonly<Record<string, string>>): Night {
  const { kind, scheduledTime: clock, selection } = input;
  const identity = {
    kind,
    clock,
    input: input.input,
    selection,
    versions: { ...versions, windowDays: String(input.windowDays) },
  };
  return {
    run: runId(digestOf(identity).slice(0, 12)),
    kind,
    clock,
    dt: dtOf(clock),
    windowDays: input.windowDays,
    input: input.input,
    selection,
    scopeDigest: scopeDigestOf(input),
  };
}

/** One conditional write decides who does this night. */
export async function claimNight(
  { execution, input }: ClaimNightInput,
  { store, settings }: Dependencies,
): Promise<ClaimNightOutput> {
  const night = nightOf(input, settings.versions);
  const key = work.claim(night.kind, night.clock, digestOf({ scope: night.scopeDigest, run: night.run }));
  if ((await store.putIfAbsent('work', key, Buffer.from(execution))) === 'created') return { claimed: true, night };
  const holder = Buffer.from((await store.get('work', key)) ?? []).toString('utf8');
  return { claimed: holder === execution, night };
}
