import { type GuardrailVersions, guardrailVersionsIn } from '../domain/guardrail-settings.ts';
import { entered } from '../pipeline/entered.ts';
import { pastNight } from '../pipeline/past-night.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';
import { readTable } from '../pipeline/table-writer.ts';
import type { AwsReaders, Owner } from '../ports/aws-reader.ts';
import { clockOf } from './clock.ts';
import { type Io, UsageError } from './io.ts';
import { openNight, type SealedNight } from './sealed-night.ts';
import type { SourceOptions } from './source-options.ts';

export interface OpenSource {
  readonly source: PrincipalSource;
  /** What was asked, for a person and for JSON. */
  readonly name: string;
  /** ARNs of identities that the source knows to be kept for emergencies; nobody of a snapshot, which does not say. */
  readonly breakGlass: readonly string[];
  /** What a past night held guardrails against; null: no night did. */
  readonly graded: GuardrailVersions | null;
}

/** More that a question may say of its source. */
interface Asking {
  /** Whose recorded answers are wanted of a past night (default: who is there, and what policies say). */
  readonly collectors?: readonly { readonly id: string }[];
  /** The clock of the simulated organisation. */
  readonly clock?: string;
}

/** Opens what the options name; null where a past night does not verify (the faults are told). */
export async function openSource(
  command: string,
  options: SourceOptions,
  io: Io,
  { collectors, clock = clockOf(undefined, new Date()) }: Asking = {},
): Promise<OpenSource | null> {
  const { snapshot, demo } = options;
  if (snapshot !== undefined && demo === true)
    throw new UsageError(`${command}: --snapshot and --demo are two sources; give one`);
  if (snapshot !== undefined) {
    const { openSnapshot } = await import('../adapters/files/snapshot/open.ts');
    return {
      source: answering((await openSnapshot(snapshot)).readers),
      name: `snapshot ${snapshot}`,
      breakGlass: [],
      graded: null,
    };
  }
  if (demo === true) {
    const { demoBreakGlass, demoOrganization, readerRole, simulatorReaders } = await import(
      '../simulator/demo/index.ts'
    );
    const organization = demoOrganization(clock);
    const readers = simulatorReaders(organization);
    const source = answering(readers);
    const roleIn = (owner: Owner) =>
      owner === organization.management ? null : `arn:aws:iam::${owner}:role/${readerRole}`;
    const readersOf = (owner: Owner) => entered(readers, owner, roleIn(owner));
    return {
      source: { ...source, readersOf },
      name: `the simulated organisation at ${clock}`,
      breakGlass: demoBreakGlass,
      graded: null,
    };
  }
  const opened = await openNight(command, options, io);
  if (opened === null) return null;
  const { seal } = opened.stored;
  return {
    source: await pastNight(opened.store, opened.place, collectors),
    name: `night ${seal.clock}, run ${seal.run}`,
    breakGlass: await breakGlassOf(opened),
    graded: guardrailVersionsIn(seal.versions),
  };
}

/** Identities that the configuration of a past night counted apart. */
async function breakGlassOf({ store, place }: SealedNight): Promise<string[]> {
  const arns: string[] = [];
  for await (const { kind, arn } of readTable(store, place, 'identities')) if (kind === 'break-glass') arns.push(arn);
  return arns;
}

/** One source of every answer. */
const answering = (readers: AwsReaders): PrincipalSource => ({
  organization: readers,
  shared: readers,
  accounts: readers.accounts(),
  readersOf: async () => readers,
});

/** Refuses an account that the source does not know, so that a slip of the pen is not read as "nobody". */
export function checkAccounts(command: string, asked: readonly string[] = [], seen: ReadonlySet<string>): void {
  const strange = asked.filter((account) => !seen.has(account));
  if (strange.length > 0) throw new UsageError(`${command}: no account ${strange.join(', ')} in what was asked`);
}
