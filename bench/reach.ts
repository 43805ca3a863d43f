// Asks for the reach of every principal of a snapshot: `node bench/reach.ts <snapshot> sensitive|all`. The time is that of the asking
// alone, without start and reading; `all` asks for every action that AWS lists.
import { openSnapshot } from '../src/adapters/files/snapshot/open.ts';
import { bitsOf } from '../src/iam/action-set.ts';
import { type Held, heldOf } from '../src/iam/held.ts';
import type { IdentityHolder } from '../src/judge/holders.ts';
import { sensitiveSet } from '../src/judge/permissions.ts';
import { everyAction } from '../src/least-privilege/universe.ts';
import { principalsOf } from '../src/pipeline/principals.ts';

async function holdersIn(file: string): Promise<IdentityHolder[]> {
  const { readers } = await openSnapshot(file);
  const source = {
    organization: readers,
    shared: readers,
    accounts: readers.accounts(),
    readersOf: async () => readers,
  };
  const holders: IdentityHolder[] = [];
  for await (const account of principalsOf(source)) holders.push(...account.holders);
  return holders;
}

const countOf = ({ allowed, conditional }: Held): number => [...bitsOf(allowed), ...bitsOf(conditional)].length;

const [file = '', which = 'sensitive'] = process.argv.slice(2);
const holders = await holdersIn(file);
const set = which === 'all' ? everyAction() : sensitiveSet;
let [seconds, held] = [0, 0];
for (const { effective } of holders) {
  const started = performance.now();
  const found = heldOf(effective, set);
  seconds += (performance.now() - started) / 1_000;
  held += countOf(found); // a check of the work, and not timed
}
const perSecond = holders.length / seconds;
process.stdout.write(
  `${JSON.stringify({ principals: holders.length, actions: set.names.length, held, seconds, perSecond })}\n`,
);
