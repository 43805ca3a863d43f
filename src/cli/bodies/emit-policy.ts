import { untrackedRegions } from '../../catalogue/regions.ts';
import { authorizationDetails, enabledRegions, lastAccessed, organization } from '../../collectors/index.ts';
import { explainGap, type Gap } from '../../domain/gap.ts';
import { itemsOf } from '../../domain/reading.ts';
import type { Window } from '../../domain/window.ts';
import type { IdentityHolder } from '../../judge/holders.ts';
import { leastPrivilege } from '../../least-privilege/propose.ts';
import { type AccountPrincipals, type AccountUsage, principalsOf, usageIn } from '../../pipeline/principals.ts';
import { clockOf } from '../clock.ts';
import type { CanOptions } from '../commands/can.ts';
import { defaultWindow } from '../commands/night-options.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { asPath, type NewFolder, newFolder } from '../policy-folder.ts';
import { checkAccounts, type OpenSource, openSource } from '../principal-source.ts';
import { printable } from '../printable.ts';
import { countsOf, isProposed, proposalJson, type Told, unmeasuredText } from '../proposal-json.ts';
import { proposalText } from '../proposal-text.ts';
import { configurationOf } from '../settings-files.ts';
import { accountsFor, flagOf, principalNamed } from './can.ts';

/** Prints the policy that one identity needs for what it did, or writes those of all. */
export async function emitPolicy(principal: string | undefined, options: CanOptions, io: Io): Promise<ExitCode> {
  check(principal, options);
  const clock = clockOf(options.clock, new Date());
  const opened = await openSource('can', options, io, { collectors, clock });
  if (opened === null) return ExitCode.EvidenceInvalid;
  const asking = { opened, window: windowOf(opened, options, clock), options, io };
  return principal === undefined ? everyone(asking) : one(principal, asking);
}

interface Asking {
  readonly opened: OpenSource;
  readonly window: Window;
  readonly options: CanOptions;
  readonly io: Io;
}

function check(principal: string | undefined, options: CanOptions): void {
  const idle = (['actions', 'resource', 'context'] as const).find((option) => options[option] !== undefined);
  if (idle !== undefined) throw new UsageError(`can: ${flagOf(idle)} says nothing to --emit policy`);
  if (principal === undefined && options.all !== true)
    throw new UsageError('can: of whom? give the ARN or the name of a user or role, or --all for everybody');
  if (principal !== undefined && options.all === true)
    throw new UsageError(`can: --emit policy is of \`${principal}\` or of --all, not of both`);
  if (principal === undefined && options.outputDir === undefined)
    throw new UsageError('can: --all --emit policy writes many files: give --output-dir');
}

/** Whose recorded answers say who is there, what policies say and what was used, and where that is not told. */
const collectors = [authorizationDetails, organization, lastAccessed, enabledRegions];

function windowOf({ source }: OpenSource, options: CanOptions, clock: string): Window {
  if (source.night === undefined) return { clock, days: options.window ?? defaultWindow };
  if (options.window !== undefined || options.clock !== undefined)
    throw new UsageError('can: a past night has its window and its clock; leave --window and --clock out');
  return source.night;
}

async function one(principal: string, { opened, window, options, io }: Asking): Promise<ExitCode> {
  const { holder, account } = await principalNamed(
    principal,
    principalsOf(opened.source, accountsFor(principal, options)),
  );
  const usage = await usageIn(opened.source, account.account, [holder.arn]);
  const told = toldOf(holder, account, usage, { source: opened.name, window });
  const { proposal } = told;
  if (options.outputDir !== undefined)
    whole(newFolder('--output-dir', options.outputDir), (folder) => writeProposal(folder, '', told));
  const text = `${proposalText(told).map(printable).join('\n')}\n`;
  if (options.json === true) io.out(`${JSON.stringify(proposalJson(told), null, 2)}\n`);
  else if (options.outputDir !== undefined) io.out(text);
  else {
    io.err(text);
    const documents = isProposed(proposal) ? proposal.policies.map(({ document }) => document) : [];
    if (isProposed(proposal)) io.out(`${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`);
  }
  return isOpen(told) ? ExitCode.Gaps : ExitCode.Ok;
}

async function everyone({ opened, window, options, io }: Asking): Promise<ExitCode> {
  const folder = newFolder('--output-dir', options.outputDir ?? '');
  const rows: Row[] = [];
  const breakGlass: string[] = [];
  const unread: { account: string; gap: Gap }[] = [];
  const seen = new Set<string>();
  const spared = new Set([...opened.breakGlass, ...(await configurationOf(options.config)).breakGlass]);
  try {
    for await (const account of principalsOf(opened.source, options.account)) {
      seen.add(account.account);
      unread.push(...account.unread.map((gap) => ({ account: account.account, gap })));
      breakGlass.push(...account.holders.flatMap(({ arn }) => (spared.has(arn) ? [arn] : [])));
      const arns = account.holders.map(({ arn }) => arn);
      const usage = await usageIn(opened.source, account.account, arns);
      for (const holder of account.holders.filter(({ arn }) => !spared.has(arn))) {
        const told = toldOf(holder, account, usage, { source: opened.name, window });
        writeProposal(folder, folderOf(told), told);
        rows.push(rowOf(told));
      }
    }
    checkAccounts('can', options.account, seen);
    const index = { source: opened.name, window, totals: totalsOf(rows), unread, breakGlass, identities: rows };
    folder.write('index.json', index);
    folder.finish();
    io.out(
      options.json === true
        ? `${JSON.stringify(index, null, 2)}\n`
        : tableOf(rows, unread, options) + sparedText(breakGlass),
    );
  } catch (error) {
    folder.drop();
    throw error;
  }
  return unread.length > 0 || rows.some(({ open }) => open) ? ExitCode.Gaps : ExitCode.Ok;
}

/** Whoever is kept for emergencies is meant to hold what it does not use. */
const sparedText = (arns: readonly string[]): string =>
  arns.length === 0 ? '' : `left as they are, being kept for emergencies (break-glass): ${arns.join(', ')}\n`;

/** Leaves a folder whole, or not at all. */
function whole(folder: NewFolder, write: (folder: NewFolder) => void): void {
  try {
    write(folder);
    folder.finish();
  } catch (error) {
    folder.drop();
    throw error;
  }
}

function toldOf(
  holder: IdentityHolder,
  { account, authorization }: AccountPrincipals,
  usage: AccountUsage,
  asked: Pick<Told, 'source' | 'window'>,
): Told {
  const { users, roles } = authorization;
  const facts = [...itemsOf(users), ...itemsOf(roles)];
  const fact = facts.find(({ arn }) => arn === holder.arn);
  if (fact === undefined) throw new TypeError(`${holder.arn} holds policies and is nowhere listed`);
  const report = usage.reports[holder.arn];
  const proposal = leastPrivilege({ holder, fact, authorization, report }, asked.window);
  return { ...asked, account, proposal, notes: notesOf(holder, usage) };
}

function notesOf({ limitsUnread, arn }: IdentityHolder, { regions }: AccountUsage): string[] {
  const untracked = regions.regions.filter((region) => untrackedRegions.has(region));
  return [
    ...(limitsUnread === null
      ? []
      : [`a limit was not read, so that less than this may be effective: ${explainGap(limitsUnread)}`]),
    ...(untracked.length === 0
      ? []
      : [`AWS tracks no last use in ${untracked.join(', ')}: what was used there alone counts as unused`]),
    ...(regions.assumed
      ? [`which Regions are enabled is not known; AWS tracks no last use in ${[...untrackedRegions].join(', ')}`]
      : []),
    ...(arn.includes(':role/aws-reserved/sso.amazonaws.com/')
      ? ['a role of IAM Identity Center: change its permission set, not the role']
      : []),
  ];
}

/** Whether something of the answer is not known, or cannot be attached. An identity too new to judge is known to be so. */
function isOpen({ proposal }: Told): boolean {
  if (!isProposed(proposal)) return true;
  const { unmeasured, misfits, proof } = proposal;
  const notMeasured = proof.diff['kept-not-measured'].length > 0 && unmeasured?.why !== 'too-new';
  return misfits.length > 0 || notMeasured || (unmeasured !== null && unmeasured.why !== 'too-new');
}

const folderOf = ({ account, proposal: { arn } }: Told): string => {
  const [kind = '', ...path] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  return `${account}/${asPath(kind)}/${asPath(path.at(-1) ?? '')}/`;
};

function writeProposal(folder: NewFolder, at: string, told: Told): void {
  const { proposal } = told;
  folder.write(`${at}about.json`, proposalJson(told));
  if (isProposed(proposal))
    for (const [index, { document }] of proposal.policies.entries())
      folder.write(`${at}policy-${index + 1}.json`, document);
}

/** One identity in the list of all. */
interface Row {
  readonly account: string;
  readonly principal: string;
  readonly folder: string;
  readonly policies: number;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly nothingRemovedBecause: string | null;
  readonly misfits: readonly string[];
  readonly unread: Gap | null;
  readonly open: boolean;
}

function rowOf(told: Told): Row {
  const { account, proposal } = told;
  const base = { account, principal: proposal.arn, folder: folderOf(told), open: isOpen(told) };
  if (!isProposed(proposal))
    return { ...base, policies: 0, counts: null, nothingRemovedBecause: null, misfits: [], unread: proposal.unread };
  const { policies, unmeasured, misfits } = proposal;
  const nothingRemovedBecause = unmeasured === null ? null : unmeasuredText(unmeasured);
  return {
    ...base,
    policies: policies.length,
    counts: countsOf(proposal),
    nothingRemovedBecause,
    misfits,
    unread: null,
  };
}

function totalsOf(rows: readonly Row[]): Record<string, number> {
  const totals: Record<string, number> = { identities: rows.length, notProposed: 0 };
  for (const { counts } of rows) {
    if (counts === null) totals['notProposed'] = (totals['notProposed'] ?? 0) + 1;
    for (const [name, count] of Object.entries(counts ?? {})) totals[name] = (totals[name] ?? 0) + count;
  }
  return totals;
}

function tableOf(
  rows: readonly Row[],
  unread: readonly { account: string; gap: Gap }[],
  { outputDir }: CanOptions,
): string {
  const line = ({ principal, counts, nothingRemovedBecause: why, misfits, unread: gap }: Row): string => {
    if (gap !== null) return `${principal}: no policy: ${explainGap(gap)}`;
    const { granted = 0, removed = 0, keptUsed = 0, keptUntrackable = 0, keptNotMeasured = 0 } = counts ?? {};
    const kept = `kept ${keptUsed} used, ${keptUntrackable} untrackable, ${keptNotMeasured} not measured`;
    const doubts = [
      ...(why === null ? [] : [`nothing removed: ${why}`]),
      ...misfits.map((it) => `does not fit: ${it}`),
    ];
    return [`${principal}: removed ${removed} of ${granted}; ${kept}`, ...doubts].join('; ');
  };
  const { identities = 0, notProposed = 0, removed = 0, granted = 0 } = totalsOf(rows);
  const lines = [
    ...rows.map(line),
    '',
    `${identities} users and roles, ${notProposed} without a policy; ${removed} of ${granted} granted actions removed, none of them used; 0 gained`,
    ...unread.map(({ account, gap }) => `account ${account}: not all principals are known: ${explainGap(gap)}`),
    `policies and what they change: ${outputDir}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
