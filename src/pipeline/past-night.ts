import { gapOf } from '../catalogue/errors.ts';
import { accountAccess, authorizationDetails, organization } from '../collectors/index.ts';
import type { RunPlan } from '../domain/night.ts';
import type { AccountRow } from '../domain/tables.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { AwsReaders, Owner } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines } from '../transcripts/lines.ts';
import { packed } from '../transcripts/packed.ts';
import { replayReaders } from '../transcripts/replay.ts';
import { closed } from './entered.ts';
import { attemptFolder, evidenceFolder } from './keys.ts';
import type { PrincipalSource } from './principals.ts';
import { fromJson } from './stored.ts';
import { readTable } from './table-writer.ts';

type Place = Parameters<typeof evidenceFolder>[0];

/**
 * A sealed night's evidence as a source of principals: its recorded answers, replayed account by account. `collectors`: whose answers are
 * wanted; a transcript holds much more.
 */
export async function pastNight(
  store: ObjectStore,
  place: Place,
  collectors: readonly { readonly id: string }[] = [authorizationDetails, organization],
): Promise<PrincipalSource> {
  const wanted = new Set([accountAccess, ...collectors].map(({ id }) => id));
  const attempts = new Map<Owner, number>();
  for await (const row of readTable(store, place, 'accounts')) noteAttempt(attempts, row);
  const { plan, attempt } = await planIn(store, place);
  attempts.set('organization', attempt);
  const readersOf = async (owner: Owner): Promise<AwsReaders> => {
    const number = attempts.get(owner);
    const lines = number === undefined ? [] : await linesOf(store, attemptFolder(place, owner, number), wanted);
    const refused = lines.find(({ operation, error }) => operation === 'sts:AssumeRole' && error !== undefined)?.error;
    return refused === undefined ? replayReaders(new Map([[owner, lines]])) : closed(gapOf('sts:AssumeRole', refused));
  };
  const organizationReaders = await readersOf('organization');
  return {
    organization: organizationReaders,
    // The management account's answers for everybody lie with the organisation's.
    shared: {
      for: ({ region }) => organizationReaders.for({ account: 'organization', region }),
      accounts: () => [],
    },
    accounts: plan.accounts.filter(({ action }) => action === 'collect').map(({ account }) => account),
    readersOf,
    night: { clock: plan.night.clock, days: plan.night.windowDays },
  };
}

/** Notes which attempt at an account counts. */
export function noteAttempt(attempts: Map<Owner, number>, { account, attempt }: AccountRow): void {
  if (attempt !== null) attempts.set(account as Owner, attempt);
}

/** The plan lies with the attempt at discovering the organisation that counts: the last that has one. */
export async function planIn(store: ObjectStore, place: Place): Promise<{ plan: RunPlan; attempt: number }> {
  const attempts: number[] = [];
  for await (const key of store.list('archive', `${evidenceFolder(place)}organization/`)) {
    const attempt = /attempt=(\d+)\/plan\.json$/.exec(key)?.[1];
    if (attempt !== undefined) attempts.push(Number(attempt));
  }
  const attempt = Math.max(...attempts);
  const bytes = await store.get('archive', `${attemptFolder(place, 'organization', attempt)}plan.json`);
  if (bytes === undefined) throw new Error(`the night ${place.run} has no plan among its evidence`);
  return { plan: fromJson<RunPlan>(bytes), attempt };
}

/** The part of a transcript that one collector recorded. */
const partOf = /\/([a-z-]+)\.part-\d+\.jsonl\.gz$/;

/** The recorded calls of a folder that some collectors made. */
export async function linesOf(
  store: ObjectStore,
  folder: string,
  collectors: Pick<ReadonlySet<string>, 'has'>,
): Promise<TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for await (const key of store.list('archive', folder)) {
    const bytes = collectors.has(partOf.exec(key)?.[1] ?? '') ? await store.get('archive', key) : undefined;
    if (bytes !== undefined) for await (const line of decodeLines<TranscriptLine>(bytes)) lines.push(packed(line));
  }
  return lines;
}
