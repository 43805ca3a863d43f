// Decides the same cases with the fastest mode of @cloud-copilot/iam-simulate, which stays outside the repository (AGPL):
// `node bench/peer-iam-simulate.ts <folder with its node_modules> <cases>`. Lines out and timing as `assay evaluate --timing` has them.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { linesOf } from '../src/adapters/files/text-lines.ts';
import type { RawPolicy } from './policies.ts';

interface PeerCase {
  readonly id: string;
  readonly request: Readonly<Record<'principal' | 'action' | 'resource' | 'resourceAccount', string>> & {
    readonly context: object;
  };
  readonly policies: {
    readonly identity: readonly RawPolicy[];
    readonly boundary: readonly RawPolicy[] | null;
    readonly scps: readonly (readonly RawPolicy[])[];
    readonly rcps: readonly (readonly RawPolicy[])[];
  };
}

interface Peer {
  runUnsafeSimulation(simulation: object, options: object): unknown;
}

const renamed = ({ name, document }: RawPolicy) => ({ name, policy: document });
const levelsOf = (levels: readonly (readonly RawPolicy[])[]) =>
  levels.map((level, at) => ({ orgIdentifier: `level-${at}`, policies: level.map(renamed) }));

/** The case as the peer wants it. Not timed: a user of the peer would write his cases so. */
const simulationOf = ({ request, policies }: PeerCase): object => ({
  request: {
    principal: request.principal,
    action: request.action,
    resource: { resource: request.resource, accountId: request.resourceAccount },
    contextVariables: request.context,
  },
  identityPolicies: policies.identity.map(renamed),
  permissionBoundaryPolicies: policies.boundary?.map(renamed),
  serviceControlPolicies: levelsOf(policies.scps),
  resourceControlPolicies: levelsOf(policies.rcps),
});

const [folder = '', file = ''] = process.argv.slice(2);
const { runUnsafeSimulation } = createRequire(join(folder, 'peers.js'))('@cloud-copilot/iam-simulate') as Peer;
let [cases, parseMs, evaluateMs] = [0, 0, 0];
for await (const lines of linesOf(file)) {
  let out = '';
  for (const line of lines) {
    const started = performance.now();
    const asked = JSON.parse(line) as PeerCase;
    parseMs += performance.now() - started;
    const simulation = simulationOf(asked);
    const from = performance.now();
    const decision = runUnsafeSimulation(simulation, {});
    evaluateMs += performance.now() - from;
    cases++;
    out += `${JSON.stringify({ id: asked.id, decision })}\n`;
  }
  process.stdout.write(out);
}
process.stderr.write(`${JSON.stringify({ cases, parseMs, evaluateMs })}\n`);
