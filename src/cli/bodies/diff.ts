import { guardrailVersionsIn } from '../../domain/guardrail-settings.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { FindingRow } from '../../domain/tables.ts';
import { readChain, type StoredSeal } from '../../evidence/chain.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { ChangeTally } from '../../history/change-tally.ts';
import { type Change, type ComparedNight, changeKinds, differenceOf, type Past } from '../../history/difference.ts';
import { type OverRegions, overRegions } from '../../history/over-regions.ts';
import { fromJson } from '../../pipeline/stored.ts';
import { readTable } from '../../pipeline/table-writer.ts';
import { othersWords } from '../../reports/week/words.ts';
import type { DiffOptions } from '../commands/diff.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { printable } from '../printable.ts';
import { openNight, placeOf, type SealedNight } from '../sealed-night.ts';

/** Compares two nights of an archive. */
export async function diff(
  earlier: string | undefined,
  later: string,
  { archive, all = false, json = false }: DiffOptions,
  io: Io,
): Promise<ExitCode> {
  const after = await openNight('diff', { archive, night: later }, io);
  if (after === null) return ExitCode.EvidenceInvalid;
  const chain = (await readChain(after.store)).filter(({ seal }) => seal.kind === 'night');
  const before = await openNight('diff', { archive, night: earlier ?? previousOf(after, chain) }, io);
  if (before === null) return ExitCode.EvidenceInvalid;
  if (before.stored.seal.seq >= after.stored.seal.seq)
    throw new UsageError('diff: the earlier night was not sealed before the later one; name the earlier one first');
  const changes = differenceOf(await comparedNight(before), await comparedNight(after), await pastOf(before, chain));
  const alike = before.stored.seal.scopeDigest === after.stored.seal.scopeDigest;
  if (!alike)
    io.err('diff: the two nights were asked for different accounts: what is gone or new may lie outside one of them\n');
  const nights = { earlier: nightWords(before), later: nightWords(after), sameScope: alike };
  if (json) io.out(`${JSON.stringify({ ...nights, ...tallied(changes).totals(), changes })}\n`);
  else for (const line of told(changes, { before, after, all })) io.out(`${line}\n`);
  return changes.some(({ kind, before: was }) => kind === 'not-re-measured' && was?.status === 'fail')
    ? ExitCode.Gaps
    : ExitCode.Ok;
}

/** The run id of the last night of the same scope before a night. */
function previousOf({ stored }: SealedNight, chain: readonly StoredSeal[]): string {
  const { seq, scopeDigest } = stored.seal;
  const found = chain.findLast(({ seal }) => seal.seq < seq && seal.scopeDigest === scopeDigest);
  if (found === undefined)
    throw new UsageError('diff: the archive holds no earlier night of the same scope to compare with');
  return found.seal.run;
}

const nightWords = ({ stored: { seal } }: SealedNight) => ({ run: seal.run, clock: seal.clock });

async function comparedNight({ store, place }: SealedNight): Promise<ComparedNight> {
  const findings: FindingRow[] = [];
  for await (const row of readTable(store, place, 'findings')) findings.push(row);
  const accounts: ComparedNight['accounts'][number][] = [];
  for await (const { account, status, reason } of readTable(store, place, 'accounts'))
    accounts.push({ account, status, reason });
  const summary = await store.get('archive', summaryKey(place));
  if (summary === undefined) return { findings, accounts };
  const { run, controls } = fromJson<NightSummary>(summary);
  return {
    ...{ findings, accounts },
    controls: new Set(controls.map(({ id }) => id)),
    guardrails: guardrailVersionsIn(run.versions),
  };
}

/** How findings stood in the nights of the same scope before one, oldest first. */
async function pastOf({ store, stored }: SealedNight, chain: readonly StoredSeal[]): Promise<Past> {
  const known = new Map<string, NonNullable<ReturnType<Past>>>();
  const { seq, scopeDigest } = stored.seal;
  for (const night of chain.filter(({ seal }) => seal.seq < seq && seal.scopeDigest === scopeDigest))
    for await (const { id, status } of readTable(store, placeOf(night), 'findings'))
      if (status !== 'not-measured')
        known.set(id, { last: status, everOpen: status === 'fail' || known.get(id)?.everOpen === true });
  return (id) => known.get(id);
}

function tallied(changes: readonly Change[]): ChangeTally<Change['kind']> {
  const tally = new ChangeTally(changeKinds);
  for (const change of changes) tally.add(change, rowOf(change).severity);
  return tally;
}

/** The row of a change where it was last seen; every change has one. */
const rowOf = ({ after, before }: Change): FindingRow => (after ?? before) as FindingRow;

const headings: Readonly<Record<Change['kind'], string>> = {
  new: 'new: open since the later night',
  reopened: 'reopened: was closed, is open again',
  'exception-ended': 'open as before, and no exception covers it any more',
  'not-re-measured': 'not re-measured: nobody knows whether it still stands',
  'rule-changed': 'judged by another rule: no change of the account',
  excepted: 'open as before, by an exception or another one',
  resolved: 'resolved',
  gone: 'gone with its resource or account',
  'measured-again': 'measured again after a gap',
  appeared: 'there for the first time',
  reworded: 'as it was, in other words',
};

interface Told {
  readonly before: SealedNight;
  readonly after: SealedNight;
  readonly all: boolean;
}

function* told(changes: readonly Change[], { before, after, all }: Told): Generator<string> {
  const [from, to] = [before.stored.seal, after.stored.seal];
  yield `findings of ${to.clock} (${to.run}) against ${from.clock} (${from.run})`;
  if (changes.length === 0) yield 'nothing changed';
  const { counts, others } = tallied(changes);
  const listed = (change: Change): boolean => all || (change.open && change.kind !== 'reworded');
  for (const kind of changeKinds) {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length === 0) continue;
    const quiet = othersWords(others[kind]);
    yield '';
    yield `${headings[kind]}: ${counts[kind]}${quiet === null ? '' : ` (and ${quiet})`}`;
    yield* overRegions(own.filter(listed), inRegion).map(lineOf);
  }
  if (!changes.every(listed)) yield '\n--all lists what is only counted here';
}

const inRegion = (change: Change) => ({ ...rowOf(change), kind: change.kind, cause: change.cause });

/** One line: a finding, or the same of several Regions; what was never open has no severity to weigh. */
function lineOf({ first, regions }: OverRegions<Change>): string {
  const { severity, account, control, resource } = rowOf(first);
  const where = regions.length > 1 ? `in ${regions.length} Regions (${regions.join(', ')})` : printable(resource);
  return `  ${(first.open ? severity : '–').padEnd(8)} ${account} ${control} ${where}: ${printable(first.cause)}`;
}
