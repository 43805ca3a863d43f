import { expandAction } from '../../catalogue/actions.ts';
import { escalationSets } from '../../catalogue/escalation.ts';
import { resourceSpaceOf } from '../../catalogue/resource-spaces.ts';
import { sensitiveClassesOf, sensitivePermissions } from '../../catalogue/sensitive/index.ts';
import { explainGap } from '../../domain/gap.ts';
import { ActionSet } from '../../iam/action-set.ts';
import { type ProvenReach, proveReach } from '../../iam/witness.ts';
import { openEscalations } from '../../judge/escalation.ts';
import type { IdentityHolder } from '../../judge/holders.ts';
import { type AccountPrincipals, principalsOf } from '../../pipeline/principals.ts';
import type { CanOptions } from '../commands/can.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { openSource } from '../principal-source.ts';
import { printable } from '../printable.ts';
import { reachJson, whyOf } from '../reach-words.ts';
import { fixing, unreadOf, verdictWord } from './who-can.ts';

/** Answers what a principal can do. */
export async function can(principal: string | undefined, options: CanOptions, io: Io): Promise<ExitCode> {
  if (principal === undefined) throw new UsageError('can: of whom? give the ARN or the name of a user or role');
  const idle = (['outputDir', 'window', 'clock'] as const).find((option) => options[option] !== undefined);
  if (idle !== undefined) throw new UsageError(`can: ${flagOf(idle)} goes with --emit policy`);
  const actions =
    options.actions === undefined ? sensitivePermissions.map(({ action }) => action) : expanded(options.actions);
  const opened = await openSource('can', options, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const { holder } = await principalNamed(principal, principalsOf(opened.source, accountsFor(principal, options)));
  const asked = fixing(holder.effective, options.context);
  const answers = actions.map((action) => ({
    action,
    reach: proveReach(asked, new ActionSet([action], resourceSpaceOf), options.resource ?? null),
  }));
  const listed = options.all === true ? answers : answers.filter(({ reach }) => reach.verdict !== 'denied');
  const escalation = options.actions === undefined ? openEscalations(asked) : [];
  const told = { holder, source: opened.name, asked: actions.length, answers: listed, escalation };
  io.out(options.json === true ? json(told) : text(told));
  return holder.nominalUnread !== null || listed.some(({ reach }) => unreadOf(holder, reach) !== null)
    ? ExitCode.Gaps
    : ExitCode.Ok;
}

function expanded(patterns: readonly string[]): string[] {
  const actions = patterns.flatMap((pattern) => {
    const found = expandAction(pattern);
    if (found.length === 0) throw new UsageError(`can: AWS lists no action that matches \`${pattern}\``);
    return found;
  });
  return [...new Set(actions)].sort();
}

/** An option as it is written. */
export const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** An ARN says which account to look in. */
export const accountsFor = (principal: string, { account }: CanOptions): readonly string[] => {
  const own = /^arn:[^:]*:iam::(\d{12}):/.exec(principal)?.[1];
  return account ?? (own === undefined ? [] : [own]);
};

/** A principal, and the account it is in. */
export interface Named {
  readonly holder: IdentityHolder;
  readonly account: AccountPrincipals;
}

/** The one principal of an ARN or a name. */
export async function principalNamed(principal: string, accounts: AsyncIterable<AccountPrincipals>): Promise<Named> {
  const found: Named[] = [];
  let gaps = 0;
  for await (const account of accounts) {
    gaps += account.unread.length;
    const meant = account.holders.filter(({ arn }) => arn === principal || arn.endsWith(`/${principal}`));
    found.push(...meant.map((holder) => ({ holder, account })));
  }
  const [only, ...others] = found;
  if (only === undefined)
    throw new UsageError(
      `can: no user or role \`${principal}\`${gaps > 0 ? ' among those that could be read' : ''}; roles of AWS’s own services are not judged`,
    );
  if (others.length > 0)
    throw new UsageError(
      `can: \`${principal}\` is not the only one; give an ARN: ${found
        .slice(0, 5)
        .map(({ holder }) => holder.arn)
        .join(', ')}`,
    );
  return only;
}

interface Told {
  readonly holder: IdentityHolder;
  readonly source: string;
  readonly asked: number;
  readonly answers: readonly { readonly action: string; readonly reach: ProvenReach }[];
  readonly escalation: readonly string[];
}

function json({ holder, source, asked, answers, escalation }: Told): string {
  const { arn, nominalUnread, limitsUnread } = holder;
  const actions = answers.map(({ action, reach }) => ({
    action,
    classes: sensitiveClassesOf(action),
    ...reachJson(reach),
    ...(nominalUnread === null ? {} : { verdict: 'unread', exact: false }),
  }));
  const ways = escalationSets
    .filter(({ id }) => escalation.includes(id))
    .map(({ id, title, needs, path }) => ({ id, title, needs, path }));
  const unread = [nominalUnread, limitsUnread].filter((gap) => gap !== null);
  return `${JSON.stringify({ principal: arn, source, asked, actions, escalation: ways, unread }, null, 2)}\n`;
}

function text({ holder, source, asked, answers, escalation }: Told): string {
  const unread = [holder.nominalUnread, holder.limitsUnread].filter((gap) => gap !== null);
  const width = Math.max(0, ...answers.map(({ action }) => action.length)) + 2;
  const count = (verdict: string): number => answers.filter(({ reach }) => reach.verdict === verdict).length;
  const lines = [
    `${holder.arn}, asked of ${source}`,
    ...unread.map((gap) => `not the whole answer: ${explainGap(gap)}`),
    '',
    ...answers.map(
      ({ action, reach }) =>
        `  ${verdictWord({ reach, unread: unreadOf(holder, reach), known: holder.nominalUnread === null }).padEnd(13)}${action.padEnd(width)}${whyOf(reach)}`,
    ),
    '',
    `${count('allowed')} allowed, ${count('conditional')} under conditions, of ${asked} actions`,
    ...escalationSets
      .filter(({ id }) => escalation.includes(id))
      .map(({ id, title, needs, path }) => `way to more rights: ${title} (${id}): ${needs.join(' + ')}. ${path}`),
    'not judged: policies of resources, trust policies, session policies',
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
