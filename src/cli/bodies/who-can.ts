import { describeAction } from '../../catalogue/actions.ts';
import { resourceSpaceOf } from '../../catalogue/resource-spaces.ts';
import { explainGap, type Gap } from '../../domain/gap.ts';
import { ActionSet } from '../../iam/action-set.ts';
import type { Holder } from '../../iam/holder.ts';
import { type ProvenReach, proveReach } from '../../iam/witness.ts';
import type { IdentityHolder } from '../../judge/holders.ts';
import { type AccountPrincipals, principalsOf } from '../../pipeline/principals.ts';
import type { WhoCanOptions } from '../commands/who-can.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { checkAccounts, openSource } from '../principal-source.ts';
import { printable } from '../printable.ts';
import { reachJson, whyOf } from '../reach-words.ts';

/** One principal's answer. `unread`: why it is not the whole answer; `known` false where that could be anything. */
interface Answered {
  readonly account: string;
  readonly arn: string;
  readonly reach: ProvenReach;
  readonly unread: Gap | null;
  readonly known: boolean;
}

/** Answers who can do an action. */
export async function whoCan(action: string, options: WhoCanOptions, io: Io): Promise<ExitCode> {
  const named = actionNamed('who-can', action, io);
  const opened = await openSource('who-can', options, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const found: Answered[] = [];
  const unread: { account: string; gap: Gap }[] = [];
  const seen = new Set<string>();
  let asked = 0;
  for await (const account of principalsOf(opened.source, options.account)) {
    seen.add(account.account);
    asked += account.holders.length;
    unread.push(...account.unread.map((gap) => ({ account: account.account, gap })));
    found.push(...answersIn(account, named, options));
  }
  checkAccounts('who-can', options.account, seen);
  const told = { action: named, source: opened.name, accounts: seen.size, asked, found, unread };
  io.out(options.json === true ? json(told, options) : text(told, options));
  return unread.length > 0 || found.some((it) => it.unread !== null) ? ExitCode.Gaps : ExitCode.Ok;
}

/** An action as AWS spells it; one that AWS does not list may still be asked about, but is told. */
export function actionNamed(command: string, action: string, io: Io): string {
  if (!/^[\w.-]+:[\w*?-]+$/.test(action) || /[*?]/.test(action))
    throw new UsageError(`${command}: not one action, such as iam:PassRole: \`${action}\``);
  const known = describeAction(action)?.name;
  if (known === undefined)
    io.err(`note: AWS lists no action ${printable(action)}; answering as the policies are written\n`);
  return known ?? action;
}

function answersIn({ account, holders }: AccountPrincipals, action: string, options: WhoCanOptions): Answered[] {
  const asked = new ActionSet([action], resourceSpaceOf);
  return holders.flatMap((holder): Answered[] => {
    const reach = proveReach(fixing(holder.effective, options.context), asked, options.resource ?? null);
    const unread = unreadOf(holder, reach);
    if (reach.verdict === 'denied' && unread === null && options.all !== true) return [];
    return [{ account, arn: holder.arn, reach, unread, known: holder.nominalUnread === null }];
  });
}

/** The holder with context keys fixed by the question. */
export const fixing = (holder: Holder, context: WhoCanOptions['context']): Holder =>
  context === undefined ? holder : { ...holder, knowledge: holder.knowledge.fixing(context) };

/** What could change the answer: an identity policy could allow or deny anything, a limit only deny. */
export function unreadOf({ nominalUnread, limitsUnread }: IdentityHolder, { verdict }: ProvenReach): Gap | null {
  return nominalUnread ?? (verdict === 'denied' ? null : limitsUnread);
}

interface Told {
  readonly action: string;
  readonly source: string;
  readonly accounts: number;
  readonly asked: number;
  readonly found: readonly Answered[];
  readonly unread: readonly { readonly account: string; readonly gap: Gap }[];
}

const notJudged = ['policies of resources', 'trust policies', 'session policies'];

function json({ found, unread, ...told }: Told, { resource, context }: WhoCanOptions): string {
  const principals = found.map(({ account, arn, reach, unread: gap, known }) => ({
    account,
    arn,
    ...reachJson(reach),
    ...(known ? {} : { verdict: 'unread', exact: false }),
    unread: gap,
  }));
  return `${JSON.stringify({ ...told, resource: resource ?? null, context: context ?? {}, principals, unread, notJudged }, null, 2)}\n`;
}

function text({ action, source, accounts, asked, found, unread }: Told, { resource }: WhoCanOptions): string {
  const lines = [`${action} on ${resource ?? 'any resource of the account'}, asked of ${source}`];
  for (const [account, answers] of Map.groupBy(found, (it) => it.account)) {
    lines.push('', `account ${account}`);
    for (const answered of answers) {
      const { arn, reach, unread: gap, known } = answered;
      lines.push(`  ${verdictWord(answered).padEnd(13)}${arn.slice(arn.lastIndexOf(':') + 1)}`);
      lines.push(`  ${' '.repeat(13)}${known || gap === null ? whyOf(reach) : explainGap(gap)}`);
    }
  }
  const count = (verdict: string): number => found.filter((it) => it.known && it.reach.verdict === verdict).length;
  const open = found.filter((it) => !it.known).length;
  const unlisted = new Set(unread.map(({ account }) => account)).size;
  const limits = found.flatMap(({ known, unread: gap }) => (known && gap !== null ? [explainGap(gap)] : []));
  lines.push(
    '',
    `${count('allowed')} allowed, ${count('conditional')} under conditions, ${open} not known, of ${asked} users and roles in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}${unlisted === 0 ? '' : `; not all are known in ${unlisted}`}`,
    ...[...new Set(limits)].map((why) => `those with a question mark may still be stopped: ${why}`),
    ...unread.map(({ account, gap }) => `account ${account}: not all principals are known: ${explainGap(gap)}`),
    `not judged: ${notJudged.join(', ')}`,
  );
  return `${lines.map(printable).join('\n')}\n`;
}

/** A question mark: something that was not read may stop it, or no request that gets through was found and none ruled out. */
export function verdictWord({
  reach: { verdict, exact },
  unread,
  known,
}: Pick<Answered, 'reach' | 'unread' | 'known'>): string {
  if (!known) return 'not known';
  return exact && unread === null ? verdict : `${verdict}?`;
}
