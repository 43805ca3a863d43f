import type { Spoken } from '../iam/holder.ts';
import type { Statement } from '../iam/policy.ts';
import type { Probe } from './define.ts';
import { type Fence, spokenOn } from './fence.ts';
import { type Proof, prove } from './prove.ts';

/**
 * Proves many probes. On actions of which the very same statements speak, for the same resources and contexts, the proof is the same:
 * whatever is found of one holds for all.
 */
export function proveAll(probes: readonly Probe[], fence: Fence, wanted?: Parameters<typeof prove>[2]): Proof[] {
  const proven = new Map<string, Proof>();
  return probes.map((probe) => {
    const key = JSON.stringify([
      probe.action.slice(0, probe.action.indexOf(':')), // requests to one service carry no keys of another
      probe.resource,
      probe.context,
      probe.absent,
      ...speakers(spokenOn(probe, fence, null)),
    ]);
    const proof = proven.get(key) ?? prove(probe, fence, wanted);
    proven.set(key, proof);
    return ofAction(proof, probe);
  });
}

const ofAction = (proof: Proof, probe: Probe): Proof =>
  proof.probe === probe
    ? proof
    : { ...proof, probe, witness: proof.witness === null ? null : { ...proof.witness, action: probe.action } };

const speakers = ({ gates, denies }: Spoken): number[][] => [
  ...gates.map(({ allows }) => allows.map(({ statement }) => numberOf(statement))),
  denies.map(({ statement }) => numberOf(statement)),
];

const numbers = new WeakMap<Statement, number>();
let next = 0;

function numberOf(statement: Statement): number {
  const number = numbers.get(statement) ?? next++;
  numbers.set(statement, number);
  return number;
}
