import { pagesOf } from '../catalogue/paging.ts';
import { Refusal } from '../domain/gap.ts';
import type { AccountId } from '../domain/ids.ts';
import type { ExecutionInput, PlannedAccount, RunPlan } from '../domain/night.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Owner, ReaderScope } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { replayReaders } from '../transcripts/replay.ts';
import { sessionName } from './account-facts.ts';
import type { Settings } from './dependencies.ts';
import { attemptFolder } from './keys.ts';
import type { Populations } from './last-night.ts';
import { linesOf, noteAttempt, planIn } from './past-night.ts';
import { readTable } from './table-writer.ts';

/** A sealed night as the input of the same workflow: what started it, what AWS answered, and what was known of earlier nights. */
export interface NightReplay {
  readonly input: ExecutionInput;
  readonly readers: AwsReaders;
  readonly populations: Populations;
  readonly readerRole: string | null;
  readonly own: Settings['own'];
}

/** Reads a sealed night as the input of a replay. Answers are loaded account by account, when they are asked for. */
export async function nightReplay(store: ObjectStore, place: Parameters<typeof planIn>[1]): Promise<NightReplay> {
  const attempts = new Map<Owner, number>();
  for await (const row of readTable(store, place, 'accounts')) noteAttempt(attempts, row);
  const { plan, attempt } = await planIn(store, place);
  attempts.set('organization', attempt);
  const open = async (owner: Owner): Promise<AwsReaders> => {
    const number = attempts.get(owner);
    const lines = number === undefined ? [] : await linesOf(store, attemptFolder(place, owner, number), all);
    return replayReaders(new Map([[owner, lines]]));
  };
  return { ...settingsIn(plan), readers: recordedReaders(open, plan, place.run), input: inputOf(plan) };
}

/** Every collector; what no collector recorded, as the plan, has no name here. */
const all = { has: (collector: string) => collector !== '' };

function inputOf({ night }: RunPlan): ExecutionInput {
  const { clock: scheduledTime, kind, input, selection, windowDays } = night;
  return { scheduledTime, kind, input, selection, windowDays };
}

/** What of the installation the plan tells: the reader role, and the account that Assay ran in where that is not the management account. */
function settingsIn({ accounts, managementAccount }: RunPlan): Pick<NightReplay, 'populations' | 'readerRole' | 'own'> {
  const [, partition = 'aws', readerRole = null] =
    /^arn:([^:]+):iam::\d+:role\/(.+)$/.exec(roleAmong(accounts) ?? '') ?? [];
  const own = accounts.find(({ action, role }) => action === 'collect' && role === null);
  const away = readerRole !== null && own !== undefined && own.account !== managementAccount;
  return {
    readerRole,
    own: away ? { account: own.account, partition } : null,
    populations: new Map(
      accounts.flatMap(({ account, lastPopulation }) => (lastPopulation === null ? [] : [[account, lastPopulation]])),
    ),
  };
}

const roleAmong = (accounts: readonly PlannedAccount[]): string | undefined =>
  accounts.find(({ role }) => role !== null)?.role ?? undefined;

/**
 * Recorded answers by their owner. What the management account was asked for everybody lies with the organisation's answers; a role was
 * assumed for a session that names the night's own run.
 */
function recordedReaders(open: (owner: Owner) => Promise<AwsReaders>, plan: RunPlan, run: string): AwsReaders {
  const books = new Map<Owner, Promise<AwsReaders>>();
  const bookOf = (owner: Owner): Promise<AwsReaders> => {
    const book = books.get(owner) ?? open(owner);
    books.set(owner, book);
    return book;
  };
  const answer = async <O extends Operation>(scope: ReaderScope, operation: O, input: Input<O>): Promise<Answer<O>> => {
    const asked = operation === 'sts:AssumeRole' ? { ...input, RoleSessionName: sessionName(run) } : input;
    try {
      return await (await bookOf(scope.account)).for(scope).call(operation, asked);
    } catch (error) {
      if (scope.account !== plan.managementAccount || !isUnrecorded(error)) throw error;
      const { region } = scope;
      return (await bookOf('organization')).for({ account: 'organization', region }).call(operation, asked);
    }
  };
  return {
    for: (scope): AwsReader => {
      const call = <O extends Operation>(operation: O, input: Input<O>) => answer(scope, operation, input);
      return { call, pages: (operation, input) => pagesOf(call, operation, input) };
    },
    accounts: (): AccountId[] =>
      plan.accountsFrom === 'organization' ? [] : plan.accounts.map(({ account }) => account),
  };
}

const isUnrecorded = (error: unknown): boolean => error instanceof Refusal && error.gap.code === 'NOT_IN_SNAPSHOT';
