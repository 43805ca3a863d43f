import { ratesOf } from '../catalogue/rates.ts';
import { assumed, type ExpectedCalls, expectedCalls, expectedSeconds, type Workload } from '../catalogue/workload.ts';
import { collecting } from '../collectors/define.ts';
import { accountTags } from '../collectors/index.ts';
import { readMembers } from '../collectors/organization/collector.ts';
import { explainGap } from '../domain/gap.ts';
import { isClosed, isSelected } from '../pipeline/plan.ts';
import type { RunOptions } from './commands/run.ts';
import { ExitCode } from './exit-code.ts';
import { type Io, UsageError } from './io.ts';
import { spanText } from './progress.ts';
import { selectionOf } from './selection.ts';

/** As many accounts side by side as the workflow's map allows. */
const aside = 20;

/** Which accounts a night would cover, and how that is known. */
interface Covered {
  readonly accounts: number;
  readonly ous: number;
  readonly how: string;
  /** Calls to AWS that were made to know it. */
  readonly asked: number;
}

/** Tells what a night would ask of AWS and how long that takes, and begins none: nothing is written. */
export async function dryRun(options: RunOptions, io: Io): Promise<ExitCode> {
  if (options.snapshot !== undefined)
    throw new UsageError('run: --dry-run tells what would be asked of AWS, and --snapshot asks nothing of it');
  const covered = namesAll(options) ? named(options) : await listed(options, io);
  const workload: Workload = { ...assumed, accounts: covered.accounts, ous: covered.ous };
  const expected = expectedCalls(workload);
  const seconds = expectedSeconds(expected, ratesOf({ maxRate: options.maxRate ?? null }), covered.accounts, aside);
  const told = { ...covered, assumed, calls: sum(expected), seconds: Math.round(seconds), operations: expected };
  io.out(options.json === true ? `${JSON.stringify(told)}\n` : text(covered, expected, seconds));
  return ExitCode.Ok;
}

const sum = (expected: readonly ExpectedCalls[]): number => expected.reduce((total, { calls }) => total + calls, 0);

/** Whether the command line alone says which accounts: then nobody need be asked. */
const namesAll = ({ accounts = [], ou, accountTag, accountState }: RunOptions): boolean =>
  accounts.length > 0 && ou === undefined && accountTag === undefined && accountState === undefined;

function named({ accounts = [], skipAccounts = [] }: RunOptions): Covered {
  const chosen = new Set(accounts.filter((account) => !skipAccounts.includes(account)));
  return { accounts: chosen.size, ous: 0, how: 'named on the command line', asked: 0 };
}

/** Asks who the credentials belong to, and the organisation for its accounts; for their tags where those choose. */
async function listed(options: RunOptions, io: Io): Promise<Covered> {
  const { liveSource } = await import('./live-source.ts');
  const { readers, calls, own } = await liveSource(options, io);
  const aws = collecting(readers, 'organization', async () => {});
  const { tree } = await readMembers(aws.in('global'));
  const asked = (): number => 1 + (calls?.().calls ?? 0); // and sts:GetCallerIdentity, before there was a budget
  if (tree.kind === 'unknown')
    return {
      accounts: 1,
      ous: 0,
      how: `${own?.account ?? 'one'} alone: its organisation could not be read (${explainGap(tree.gap)})`,
      asked: asked(),
    };
  const { accounts, ous } = tree.value;
  const tags =
    options.accountTag === undefined
      ? {}
      : await accountTags.collect(aws, { accounts: accounts.map(({ account }) => account) });
  const open = accounts.filter((entry) => !isClosed(entry));
  const chosen = open.filter((entry) => isSelected(entry, selectionOf(options), tags));
  const left = [
    `of ${accounts.length} in the organisation`,
    ...(open.length < accounts.length ? [`${accounts.length - open.length} closed`] : []),
    ...(chosen.length < open.length ? [`${open.length - chosen.length} not chosen`] : []),
  ];
  return { accounts: chosen.length, ous: ous.length, how: left.join(', '), asked: asked() };
}

function text({ accounts, how, asked }: Covered, expected: readonly ExpectedCalls[], seconds: number): string {
  const width = Math.max(...expected.map(({ operation }) => operation.length));
  const rows = expected.map(
    ({ operation, action, each, calls }) =>
      `${String(calls).padStart(9)}  ${String(each ?? '').padStart(7)}  ${operation.padEnd(width)}  ${action}`,
  );
  const { users, roles, regions, policies } = assumed;
  return `${[
    `a night over ${accounts} account${accounts === 1 ? '' : 's'} (${how}) would ask AWS:`,
    '',
    `${'calls'.padStart(9)}  ${'each'.padStart(7)}  ${'operation'.padEnd(width)}  IAM action`,
    ...rows,
    '',
    `about ${sum(expected)} calls, about ${spanText(seconds)} with ${aside} accounts side by side`,
    `assumed of each account: ${users} users, ${roles} roles, ${regions} Regions; of the organisation: ${policies} control policies`,
    'the policies that allow exactly this: `assay policy --for management` where Assay runs, `assay policy --for member` elsewhere',
    asked === 0
      ? 'nothing was asked of AWS to tell this'
      : `${asked} calls were made to know the accounts; nothing was written`,
  ].join('\n')}\n`;
}
