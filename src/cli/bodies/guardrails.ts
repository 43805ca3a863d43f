import { accountId } from '../../domain/ids.ts';
import type { GuardrailRow } from '../../domain/tables.ts';
import type { Window } from '../../domain/window.ts';
import { accountFence, fenceAlone } from '../../judge/fences.ts';
import { type Asked, allGuardrails, gradeGuardrails, guardrailSettings } from '../../judge/guardrails.ts';
import { judgeIdentities } from '../../judge/identities.ts';
import { fencedOrganization, principalCollectors } from '../../pipeline/fenced-accounts.ts';
import { clockOf } from '../clock.ts';
import type { GuardrailsOptions } from '../commands/guardrails.ts';
import { defaultWindow } from '../commands/night-options.ts';
import { ExitCode } from '../exit-code.ts';
import { matrixLines, type NamedAccount } from '../guardrail-matrix.ts';
import { changeLines, reasonLines } from '../guardrail-words.ts';
import { type Io, UsageError } from '../io.ts';
import { checkAccounts, openSource } from '../principal-source.ts';
import { printable } from '../printable.ts';
import { readScps, type ScpFile } from '../scp-files.ts';
import { accountsNamedIn, fenceTrying, type Trial, trialsOf } from '../scp-trial.ts';

/** Shows where guardrails stand, and what SCPs on trial would change. */
export async function guardrails(options: GuardrailsOptions, io: Io): Promise<ExitCode> {
  const asked = askedOf(options);
  const scps = await readScps(options.scp ?? [], io);
  if (scps.length > 0 && !options.sourceGiven) return tell(graded(scps, asked, options), options, io);
  const clock = clockOf(options.clock, new Date());
  const opened = await openSource('guardrails', options, io, { collectors: principalCollectors, clock });
  if (opened === null) return ExitCode.EvidenceInvalid;
  const only = [...(options.account ?? []), ...(options.accounts ?? [])];
  const organization = await fencedOrganization(opened.source, only);
  const { accounts } = organization;
  checkAccounts('guardrails', only, new Set<string>(accounts.map(({ account }) => account)));
  const window = opened.source.night ?? { clock, days: options.window ?? defaultWindow };
  const trials = trialsOf(scps, options.attach, organization);
  if (organization.alone && trials.length > 0)
    io.err('note: no organisation was read: the SCPs are graded as if no other were attached\n');
  const listed = new Set<string>();
  const cells: GuardrailRow[] = [];
  const before: GuardrailRow[] = [];
  for (const account of accounts) {
    const facts = await organization.principalsIn(account.account);
    const { users, roles } = facts.authorization;
    if (users.kind === 'known' && roles.kind === 'known') listed.add(account.account);
    const identities = judgeIdentities(facts, window, { readerRoles: [], breakGlass: [] });
    before.push(...gradeGuardrails(accountFence(organization.shared, account), identities, asked));
    cells.push(...gradeGuardrails(fenceTrying(trials, organization, account), identities, asked));
  }
  return tell({ source: opened.name, window, asked, trials, accounts, listed, cells, before }, options, io);
}

function askedOf({ guardrail = [], maxKeyAge, allowAudience, approve }: GuardrailsOptions): Asked {
  const strange = guardrail.filter((id) => !allGuardrails.some((it) => it.id === id));
  if (strange.length > 0)
    throw new UsageError(
      `guardrails: no guardrail \`${strange[0]}\`; there are ${allGuardrails.map(({ id }) => id).join(', ')}`,
    );
  return {
    guardrails: allGuardrails.filter(({ id }) => guardrail.length === 0 || guardrail.includes(id)),
    settings: {
      maxKeyAgeDays: maxKeyAge ?? guardrailSettings.maxKeyAgeDays,
      allowedAudiences: allowAudience ?? guardrailSettings.allowedAudiences,
      approved: approve ?? guardrailSettings.approved,
    },
  };
}

/** What was found, for a person and for JSON. */
interface Told {
  /** Null where SCPs were graded on their own. */
  readonly source: string | null;
  readonly window: Window | null;
  readonly asked: Asked;
  readonly trials: readonly Trial[];
  readonly accounts: readonly NamedAccount[];
  /** Those whose users and roles were read. */
  readonly listed: ReadonlySet<string>;
  readonly cells: readonly GuardrailRow[];
  /** As it is without the SCPs on trial. */
  readonly before: readonly GuardrailRow[];
}

/** An account that no policy names stands for all others. */
const anyAccount = '000000000000';

/** Grades SCPs on their own, in a member account that nothing else is known of, and in each account they name. */
function graded(scps: readonly ScpFile[], asked: Asked, { attach, account, accounts }: GuardrailsOptions): Told {
  const meaningless = Object.entries({ attach, account, accounts }).find(([, given]) => given !== undefined);
  if (meaningless !== undefined)
    throw new UsageError(`guardrails: --${meaningless[0]} needs a source: --snapshot, --archive or --demo`);
  const trials = scps.map(({ file, policy }) => ({ name: file, policy, targets: ['root'] }));
  const policies = scps.map(({ policy }) => policy);
  const named = accountsNamedIn(scps).map((id) => ({ account: id, name: 'named by an SCP' }));
  const all = [
    { account: anyAccount, name: named.length > 0 ? 'any other member account' : 'any member account' },
    ...named,
  ];
  const gradesOf = (attached: typeof policies): GuardrailRow[] =>
    all.flatMap((it) => gradeGuardrails(fenceAlone(accountId(it.account), attached), [], asked));
  return {
    source: null,
    window: null,
    asked,
    trials,
    accounts: all,
    listed: new Set(),
    cells: gradesOf(policies),
    before: gradesOf([]),
  };
}

function tell(told: Told, { json }: GuardrailsOptions, io: Io): ExitCode {
  io.out(json === true ? jsonOf(told) : textOf(told));
  return told.cells.some(({ grade }) => grade === 'not-measured') ? ExitCode.Gaps : ExitCode.Ok;
}

function jsonOf({ source, window, asked, trials, accounts, cells, before }: Told): string {
  const changes = changedIn(before, cells).map(([was, is]) => ({
    account: is.account,
    guardrail: is.guardrail,
    before: was.grade,
    after: is.grade,
  }));
  return `${JSON.stringify(
    {
      source,
      window,
      settings: asked.settings,
      guardrails: asked.guardrails.map(({ id, version, title, practice }) => ({ id, version, title, practice })),
      accounts: accounts.map(({ account, name }) => ({ account, name })),
      cells,
      ...(trials.length === 0 ? {} : { tried: trials.map(({ name, targets }) => ({ name, targets })), changes }),
    },
    null,
    2,
  )}\n`;
}

/** The cells whose grade differs, as they were and as they are. */
const changedIn = (before: readonly GuardrailRow[], after: readonly GuardrailRow[]): [GuardrailRow, GuardrailRow][] =>
  after.flatMap((is, at): [GuardrailRow, GuardrailRow][] => {
    const was = before[at];
    return was !== undefined && was.grade !== is.grade ? [[was, is]] : [];
  });

function textOf({ source, asked, trials, accounts, listed, cells, before }: Told): string {
  const changed = changedIn(before, cells);
  const marked = new Set(source === null ? [] : changed.map(([, { id }]) => id));
  const place = (targets: readonly string[]): string => (source === null ? '' : ` attached to ${targets.join(', ')}`);
  const tried = trials.map(({ name, targets }) => `with ${name}${place(targets)}`);
  const lines = [
    source === null ? 'SCPs on their own, beside FullAWSAccess' : `guardrails of ${source}`,
    ...tried,
    '',
    ...matrixLines(accounts, asked.guardrails, cells, marked),
    ...(trials.length > 0 && source !== null ? changeLines(changed) : []),
    ...reasonLines(asked.guardrails, cells, listed),
    '',
    '`zq7` in a request stands for any name',
    'not judged: policies of resources and VPC endpoints; who holds these permissions at all is `assay who-can`',
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
