import { guardrailVersionsIn, settingsApart } from '../../domain/guardrail-settings.ts';
import { accountId } from '../../domain/ids.ts';
import type { Window } from '../../domain/window.ts';
import { bySid } from '../../judge/affected-verdict.ts';
import { fenceAlone } from '../../judge/fences.ts';
import { type Asked, allGuardrails, besideIn, gradeGuardrails } from '../../judge/guardrails.ts';
import { type FencedOrganization, fencedOrganization, principalCollectors } from '../../pipeline/fenced-accounts.ts';
import { guardrailVersions } from '../../pipeline/versions.ts';
import { clockOf } from '../clock.ts';
import type { GuardrailsOptions } from '../commands/guardrails.ts';
import { defaultWindow } from '../commands/night-options.ts';
import { ExitCode } from '../exit-code.ts';
import { trialled } from '../guardrail-trial.ts';
import { type GuardrailsTold, guardrailsJson, guardrailsText, isWhole } from '../guardrails-told.ts';
import { type Io, UsageError } from '../io.ts';
import { checkAccounts, type OpenSource, openSource } from '../principal-source.ts';
import { checkEmptyDir, emittedScps, writeScps } from '../scp-emission.ts';
import { readScps, type ScpFile } from '../scp-files.ts';
import { accountsNamedIn, partitionNamedIn, trialsOf } from '../scp-trial.ts';
import { configurationOf } from '../settings-files.ts';
import { witnessCases } from '../witness-cases.ts';

/** Shows where guardrails stand, what SCPs on trial would change, and which SCPs close the gaps. */
export async function guardrails(options: GuardrailsOptions, io: Io): Promise<ExitCode> {
  const asked = await askedOf(options);
  checkTogether(options);
  const scps = await readScps(options.scp ?? [], io);
  if (scps.length > 0 && !options.sourceGiven) return tell(onTheirOwn(scps, asked, options), options, io);
  const clock = clockOf(options.clock, new Date());
  const opened = await openSource('guardrails', options, io, { collectors: principalCollectors, clock });
  if (opened === null) return ExitCode.EvidenceInvalid;
  noteIfOther(opened.graded, asked, io);
  const only = [...(options.account ?? []), ...(options.accounts ?? [])];
  const organization = await fencedOrganization(opened.source, only);
  checkAccounts('guardrails', only, new Set<string>(organization.accounts.map(({ account }) => account)));
  const window = opened.source.night ?? { clock, days: options.window ?? defaultWindow };
  noteIfOff(organization, io);
  const trialling = scps.length > 0 || options.emit !== undefined;
  if (organization.alone && trialling)
    io.err('note: no organisation was read: SCPs are graded as if no other were attached\n');
  const source = {
    ...{ source: opened.name, window, accounts: organization.accounts, root: rootOf(organization) },
    shared: organization.alone && trialling ? null : organization.shared,
  };
  if (options.emit !== undefined)
    return tell({ ...source, ...(await emission(organization, asked, window, options)) }, options, io);
  const trials = trialsOf(scps, options.attach, organization);
  const found = await trialled(organization, { asked, window, trials, closed: new Map() });
  return tell({ ...source, asked, trials, ...found, emission: null }, options, io);
}

/** Grades of a past night are those of its report only by the settings of that night. */
function noteIfOther(graded: OpenSource['graded'], { settings }: Asked, io: Io): void {
  if (graded === null) return;
  const apart = settingsApart(graded, guardrailVersionsIn(guardrailVersions(settings)));
  if (apart.length > 0)
    io.err(
      `note: the night graded by other settings (${apart.join('; ')}): give its file with --config for its grades\n`,
    );
}

/** Where SCPs are switched off none enforces anything, attached or not. */
function noteIfOff(organization: FencedOrganization, io: Io): void {
  const { policyTypes } = organization.facts;
  if (policyTypes.kind === 'unknown' || policyTypes.value === null) return;
  if (policyTypes.value.includes('SERVICE_CONTROL_POLICY')) return;
  const command = `aws organizations enable-policy-type --policy-type SERVICE_CONTROL_POLICY --root-id ${rootOf(organization)}`;
  io.err(`note: SCPs are not enabled at the root, so none enforces anything: ${command}\n`);
}

function checkTogether({ emit, scp, attach, outputDir, closeExceptions }: GuardrailsOptions): void {
  const odd = emit === undefined ? { 'output-dir': outputDir, 'close-exceptions': closeExceptions } : { scp, attach };
  const [name] = Object.entries(odd).find(([, given]) => given !== undefined) ?? [];
  if (name !== undefined)
    throw new UsageError(`guardrails: --${name} ${emit === undefined ? 'is for' : 'cannot be given with'} --emit scp`);
  if (outputDir !== undefined) checkEmptyDir(outputDir);
}

/** What is asked: of the file, or by default, where no option says otherwise. */
async function askedOf({
  guardrail = [],
  maxKeyAge,
  allowAudience,
  approve,
  config,
}: GuardrailsOptions): Promise<Asked> {
  const strange = guardrail.filter((id) => !allGuardrails.some((it) => it.id === id));
  if (strange.length > 0)
    throw new UsageError(
      `guardrails: no guardrail \`${strange[0]}\`; there are ${allGuardrails.map(({ id }) => id).join(', ')}`,
    );
  const set = (await configurationOf(config)).guardrails;
  return {
    guardrails: allGuardrails.filter(({ id }) => guardrail.length === 0 || guardrail.includes(id)),
    settings: {
      maxKeyAgeDays: maxKeyAge ?? set.maxKeyAgeDays,
      allowedAudiences: allowAudience ?? set.allowedAudiences,
      approved: approve ?? set.approved,
    },
  };
}

const rootOf = ({ shared: { roots } }: FencedOrganization): string =>
  (roots.kind === 'known' ? roots.value[0] : undefined) ?? 'root';

/** Makes SCPs and tries them. Those whom they exempt are exceptions, as they are once the SCPs are attached. */
async function emission(
  organization: FencedOrganization,
  asked: Asked,
  window: Window,
  { closeExceptions }: GuardrailsOptions,
): Promise<Omit<GuardrailsTold, 'source' | 'window' | 'accounts' | 'root' | 'shared'>> {
  const made = await emittedScps(organization, asked, {
    window,
    exceptions: closeExceptions === true ? 'close' : 'keep',
  });
  const closed = bySid(asked.guardrails, asked.settings);
  const found = await trialled(organization, { asked, window, trials: made.scps, closed });
  return { asked, trials: made.scps, ...found, emission: made };
}

/** An account that no policy names stands for all others. */
const anyAccount = accountId('000000000000');

/** Grades SCPs on their own, in a member account that nothing else is known of, and in each account they name. */
function onTheirOwn(scps: readonly ScpFile[], asked: Asked, options: GuardrailsOptions): GuardrailsTold {
  const { attach, account, accounts } = options;
  const [name] = Object.entries({ attach, account, accounts }).find(([, given]) => given !== undefined) ?? [];
  if (name !== undefined) throw new UsageError(`guardrails: --${name} needs a source: --snapshot, --archive or --demo`);
  const policies = scps.map(({ policy }) => policy);
  const partition = partitionNamedIn(scps);
  const named = accountsNamedIn(scps).map((id) => ({ account: accountId(id), name: 'named by an SCP', ou: [] }));
  const all = [
    { account: anyAccount, name: named.length > 0 ? 'any other member account' : 'any member account', ou: [] },
    ...named,
  ];
  const gradesOf = (attached: typeof policies) =>
    all.flatMap((it) => gradeGuardrails(fenceAlone(it.account, attached, partition), [], asked));
  return {
    ...{ source: null, window: null, root: 'root', shared: null, asked, accounts: all, emission: null },
    trials: scps.map(({ file, policy, document }) => ({ name: file, policy, document, targets: ['root'] })),
    beside: all.flatMap((it) => besideIn(fenceAlone(it.account, policies, partition), asked)),
    ...{ cells: gradesOf(policies), before: gradesOf([]), listed: new Set(), affected: [], unlisted: [] },
  };
}

function tell(told: GuardrailsTold, { json, cases, outputDir }: GuardrailsOptions, io: Io): ExitCode {
  const dir = outputDir ?? null;
  if (told.emission !== null && dir !== null) writeScps(dir, told.emission.scps, guardrailsJson(told));
  if (cases === true) io.out(witnessCases(told.shared, told.trials, told.accounts, told.cells));
  else io.out(json === true ? guardrailsJson(told) : guardrailsText(told, dir));
  return isWhole(told) ? ExitCode.Ok : ExitCode.Gaps;
}
