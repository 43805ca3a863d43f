import type { Recording } from '../cloudtrail/decide.ts';
import { type Recorder, recordersOf, whatHides } from '../cloudtrail/recorders.ts';
import type { AccountId } from '../domain/ids.ts';
import { type LoggedOrganization, loggedOrganization, loggingCollectors } from '../pipeline/logged-accounts.ts';
import { clockOf } from './clock.ts';
import type { VerifyEventOptions } from './commands/logging.ts';
import { type Io, UsageError } from './io.ts';
import { checkAccounts, openSource } from './principal-source.ts';
import { readSelectors } from './selector-files.ts';

/** An organisation whose logging is asked about. */
export interface OpenLogging extends LoggedOrganization {
  readonly name: string;
  readonly clock: string;
}

/** Opens the source that the options name; null where a past night does not verify. */
export async function openLogging(command: string, options: VerifyEventOptions, io: Io): Promise<OpenLogging | null> {
  const given = clockOf(options.clock, new Date());
  const opened = await openSource(command, options, io, { collectors: loggingCollectors, clock: given });
  if (opened === null) return null;
  const organization = await loggedOrganization(opened.source, options.account);
  checkAccounts(command, options.account, new Set<string>(organization.accounts.map(({ account }) => account)));
  const clock = options.clock === undefined ? (opened.source.night?.clock ?? given) : given;
  return { ...organization, name: opened.name, clock };
}

/** The selectors of `--selectors`; null where none were given. Beside a source they would be one too many. */
export async function selectorsAlone(
  command: string,
  { selectors, snapshot, demo }: VerifyEventOptions,
): Promise<Recorder | null> {
  if (selectors === undefined) return null;
  if (snapshot !== undefined || demo === true)
    throw new UsageError(`${command}: --selectors are tried without an organisation; leave --snapshot and --demo out`);
  return readSelectors(selectors);
}

/** What records events, account by account and Region by Region; each account is read once. */
export function recordings(open: OpenLogging): (account: string, region: string) => Promise<Recording | null> {
  const known = new Set<string>(open.accounts.map(({ account }) => account));
  const read = new Map<string, ReturnType<typeof readOne>>();
  const readOne = async (account: AccountId) => {
    const facts = await open.loggingIn(account);
    return { facts, recorders: recordersOf(facts, open.shared, open.clock) };
  };
  return async (account, region) => {
    if (!known.has(account)) return null;
    const reading = read.get(account) ?? readOne(account as AccountId);
    read.set(account, reading);
    const { facts, recorders } = await reading;
    return { recorders, hidden: whatHides(facts, open.shared, region) };
  };
}
