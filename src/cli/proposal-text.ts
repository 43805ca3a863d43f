import { explainGap } from '../domain/gap.ts';
import { prefixOf } from '../iam/action-set.ts';
import { type Fate, fates } from '../least-privilege/proof.ts';
import type { Proposal } from '../least-privilege/propose.ts';
import { countsOf, isProposed, type Told, unmeasuredText } from './proposal-json.ts';

const headings: Readonly<Record<Fate, string>> = {
  removed: 'removed: not used in the window',
  'kept-used': 'kept: used',
  'kept-untrackable': 'kept: AWS does not say whether it was used',
  'kept-not-measured': 'kept: not measured',
};

/** What a new policy changes, for a person. */
export function proposalText({ source, window, proposal, notes }: Told): string[] {
  const head = [`${proposal.arn}, asked of ${source}`, `use in the ${window.days} days to ${window.clock}`];
  if (!isProposed(proposal))
    return [
      ...head,
      `no policy: one of today's could not be read, and what it grants would be lost: ${explainGap(proposal.unread)}`,
    ];
  const { unmeasured, spelledOut, misfits } = proposal;
  return [
    ...head,
    ...(unmeasured === null ? [] : [`nothing is removed: ${unmeasuredText(unmeasured)}`]),
    '',
    ...fates.flatMap((fate) => fateLines(fate, proposal)),
    '',
    ...levelLines(proposal),
    ...evaluationLines(proposal),
    ...policyLines(proposal),
    ...misfits.map((misfit) => `does not fit: ${misfit}`),
    ...(spelledOut.length === 0
      ? []
      : [`spelled out, so that of these AWS may add actions that are not matched any more: ${spelledOut.join(', ')}`]),
    ...notes,
  ];
}

/** The actions of a fate by service; a service with nothing of another fate by its name alone. */
function fateLines(fate: Fate, { proof: { diff } }: Proposal): string[] {
  const actions = diff[fate];
  const lines = [`${headings[fate]}: ${actions.length}`];
  if (actions.length === 0) return lines;
  const elsewhere = new Set(fates.filter((it) => it !== fate).flatMap((it) => diff[it].map(prefixOf)));
  const whole: string[] = [];
  for (const [service, own] of Map.groupBy(actions, prefixOf)) {
    if (!elsewhere.has(service) && own.length > few) whole.push(`${service} (${own.length})`);
    else lines.push(`  ${service}: ${own.map((action) => action.slice(service.length + 1)).join(', ')}`);
  }
  return whole.length === 0 ? lines : [...lines, `  all that is granted of: ${whole.join(', ')}`];
}

const few = 5;

function levelLines({ levels }: Proposal): string[] {
  const of = (level: string): string[] => levels.filter((it) => it.level === level).map(({ service }) => service);
  const told: readonly (readonly [string, readonly string[]])[] = [
    ['AWS tracks single actions of', of('action')],
    ['AWS tracks the service alone of', of('service')],
    ['AWS tracks nothing of', of('none')],
  ];
  return told.flatMap(([words, services]) => (services.length === 0 ? [] : [`${words}: ${first(services)}`]));
}

const first = (services: readonly string[]): string =>
  services.length > many
    ? `${services.slice(0, many).join(', ')} and ${services.length - many} more`
    : services.join(', ');

const many = 30;

function evaluationLines(proposal: Proposal): string[] {
  const { asked, nominal, effective, requests } = proposal.proof;
  const lost = nominal.lost.length;
  return [
    `evaluated over ${asked} actions: ${lost} lost, ${lost === 0 ? 'none' : 'every one of them'} unused; ${nominal.gained.length} gained`,
    `with boundary, SCPs and RCPs: ${effective.lost.length} lost, ${effective.gained.length} gained`,
    `requests for used actions that pass today and pass after: ${requests}`,
  ];
}

function policyLines(proposal: Proposal): string[] {
  const { policies, replaces, shortened } = proposal;
  const { granted = 0 } = countsOf(proposal);
  const sizes = policies.map(({ size }) => size).join(', ');
  const replaced = [
    ...replaces.inline.map((name) => `inline ${name}`),
    ...replaces.attached,
    ...replaces.groups.map((name) => `group ${name}`),
  ];
  return [
    policies.length === 0
      ? `no policy is needed: ${granted === 0 ? 'nothing is granted today' : 'nothing of it was used'}`
      : `${policies.length === 1 ? '1 managed policy' : `${policies.length} managed policies`} of ${sizes} characters (IAM holds 6144 each)`,
    ...(shortened ? ['names were shortened to wildcards to fit; none matches an action that was removed'] : []),
    `takes the place of: ${replaced.join(', ') || 'nothing'}`,
  ];
}
