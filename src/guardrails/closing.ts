import { fullAccess } from '../iam/full-access.ts';
import { parsePolicy } from '../iam/parse.ts';
import type { Closing, Guarded, Guardrail, Probe } from './define.ts';
import type { Fence } from './fence.ts';
import { prove } from './prove.ts';
import { documentOf, statementsFrom } from './statements.ts';

/** One action of a closing statement: the least that an SCP can close. */
export interface Unit {
  readonly guardrail: Guardrail;
  readonly closing: Closing;
  readonly action: string;
  /** Places of the probes that it closes, in the guardrail's list. */
  readonly closes: readonly number[];
  /** What those requests carry. */
  readonly context: Probe['context'];
}

/** Every unit of some guardrails, and which probes it closes: found by proof, not by name. */
export function unitsOf(guardrails: readonly Guardrail[], guarded: Guarded): Unit[] {
  return guardrails.flatMap((guardrail) => {
    const probes = guardrail.probes(guarded);
    return guardrail.closings(guarded).flatMap((closing) =>
      closing.actions.map((action): Unit => {
        const fence = fenceOf(closing, action, guarded);
        const closes = probes.flatMap((probe, at) =>
          probe.action === action && prove(probe, fence).state === 'closed' ? [at] : [],
        );
        return { guardrail, closing, action, closes, context: probes[closes[0] ?? -1]?.context ?? {} };
      }),
    );
  });
}

function fenceOf(closing: Closing, action: string, { account, partition }: Guarded): Fence {
  const statements = statementsFrom([{ closing, actions: [action], exempt: [] }]);
  const policy = parsePolicy(documentOf(statements), 'scp', closing.sid);
  return { account, partition, organization: null, scps: [[fullAccess, policy]], rcps: [] };
}
