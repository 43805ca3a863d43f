/** The kind of policy that denied a call, as far as AWS's text tells. */
export const denialCauses = ['identity', 'boundary', 'session', 'resource', 'scp', 'rcp', 'vpc-endpoint'] as const;
export type DenialCause = (typeof denialCauses)[number];

/** Why a fact is unknown. A closed union: a new code must be explained below before the build passes. */
export type Gap =
  | { readonly code: 'ACCESS_DENIED'; readonly action: string; readonly by?: DenialCause }
  | { readonly code: 'ROLE_NOT_ASSUMED'; readonly role: string; readonly by?: DenialCause }
  | { readonly code: 'REGION_NOT_ENABLED'; readonly action: string }
  | { readonly code: 'NO_CREDENTIALS'; readonly problem: string }
  /** `lasting`: another try would meet the same. */
  | { readonly code: 'UNREACHABLE'; readonly action: string; readonly problem: string; readonly lasting?: true }
  | { readonly code: 'THROTTLED'; readonly action: string }
  /** `problem`: what AWS answered, where it failed by itself. */
  | { readonly code: 'TIMED_OUT'; readonly action: string; readonly problem?: string }
  | { readonly code: 'NOT_TRACKED'; readonly service: string }
  /** AWS does not have the call for this kind of thing there: nobody can grant it. */
  | { readonly code: 'NOT_OFFERED'; readonly action: string; readonly what: string }
  | { readonly code: 'NOT_IN_SNAPSHOT'; readonly operation: string }
  | { readonly code: 'UNPARSABLE'; readonly file: string; readonly place: string; readonly problem: string }
  | { readonly code: 'IMPLAUSIBLE_DATE'; readonly what: string; readonly date: string }
  /** An answer came, without the date that decides. `what`: of what. */
  | { readonly code: 'NO_DATE'; readonly what: string }
  | { readonly code: 'TASK_FAILED'; readonly error: string }
  | { readonly code: 'NO_RESULT' }
  | { readonly code: 'NOT_IMPLEMENTED'; readonly feature: string }
  | { readonly code: 'UNEXPECTED'; readonly name: string };

export type GapCode = Gap['code'];

/** What happened, in words for a report. */
export function explainGap(gap: Gap): string {
  switch (gap.code) {
    case 'ACCESS_DENIED':
      return `the reader role may not call ${gap.action}${deniedBy(gap.by)}`;
    case 'ROLE_NOT_ASSUMED':
      return `the role ${gap.role} could not be assumed${deniedBy(gap.by)}`;
    case 'REGION_NOT_ENABLED':
      return `the Region did not accept ${gap.action}: it is not enabled for this account`;
    case 'NO_CREDENTIALS':
      return /could not (load credentials|resolve credentials)|profile .*(not|could)/i.test(gap.problem)
        ? `no AWS credentials were found: ${gap.problem}`
        : `AWS did not accept the credentials: ${gap.problem}`;
    case 'UNREACHABLE':
      return `${gap.action} could not be sent: ${gap.problem}`;
    case 'THROTTLED':
      return `${gap.action} was throttled until we gave up`;
    case 'TIMED_OUT':
      return gap.problem === undefined
        ? `${gap.action} did not answer in time`
        : `${gap.action} failed on the side of AWS until we gave up: ${gap.problem}`;
    case 'NOT_TRACKED':
      return `AWS records no last use for ${gap.service}`;
    case 'NOT_OFFERED':
      return `AWS does not offer ${gap.action} for ${gap.what} there`;
    case 'NOT_IN_SNAPSHOT':
      return `the snapshot holds no answer of ${gap.operation}`;
    case 'UNPARSABLE':
      return `${gap.file}: ${gap.place}: ${gap.problem}`;
    case 'IMPLAUSIBLE_DATE':
      return `${gap.what} is dated ${gap.date}, later than it can be`;
    case 'NO_DATE':
      return `the answer names no date: ${gap.what}`;
    case 'TASK_FAILED':
      return `the task failed with ${gap.error}`;
    case 'NO_RESULT':
      return 'no result was written for this account';
    case 'NOT_IMPLEMENTED':
      return `${gap.feature} is not built yet`;
    case 'UNEXPECTED':
      return `AWS answered \`${gap.name}\`, which Assay does not know`;
  }
}

/** What a person can do about it, in one sentence. */
export function remedyOf(gap: Gap): string {
  switch (gap.code) {
    case 'ACCESS_DENIED':
      return remedyOfDenial(gap);
    case 'ROLE_NOT_ASSUMED':
      return gap.by === 'scp'
        ? 'exempt the role Assay runs under from the SCP that denies sts:AssumeRole'
        : 'create the reader role in this account, let it trust the account Assay runs in, and check the external ID (`assay policy --for trust`)';
    case 'REGION_NOT_ENABLED':
      return 'enable the Region for the account, or leave it: nothing can run there';
    case 'NO_CREDENTIALS':
      return skewed.has(gap.problem)
        ? "set this machine's clock, and run again"
        : 'sign in again, or choose other credentials with --profile';
    case 'UNREACHABLE':
      return remedyOfNoWay(gap.problem);
    case 'THROTTLED':
    case 'TIMED_OUT':
      return 'run again at a quieter hour';
    case 'NOT_IN_SNAPSHOT':
      return `add the output of ${gap.operation} to the snapshot: docs/snapshots.md says under which name`;
    case 'UNPARSABLE':
      return 'correct the document or export it again';
    case 'IMPLAUSIBLE_DATE':
      return 'check the clock given with --clock against the date of the input';
    case 'NO_DATE':
      return 'look at it in the account; if the answer comes from a snapshot, export it again, whole';
    case 'NOT_TRACKED':
    case 'NOT_OFFERED':
    case 'NOT_IMPLEMENTED':
      return 'nothing: the figure counts it as unknown';
    case 'TASK_FAILED':
    case 'NO_RESULT':
    case 'UNEXPECTED':
      return "read the run's log and report it with the transcript";
  }
}

/** Signatures that come too late or too early: most often the clock is wrong. */
const skewed = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);

function remedyOfNoWay(problem: string): string {
  if (problem === 'ENOTFOUND')
    return 'check the network and AWS_ENDPOINT_URL; if only this Region fails, the service is not in it, and nothing can run there';
  if (/CERT|TLS|SSL|EPROTO/.test(problem))
    return 'if a proxy looks into TLS, name its certificate in NODE_EXTRA_CA_CERTS, and run again';
  return 'check the network, the proxy and AWS_ENDPOINT_URL, and run again';
}

const policyWords: Readonly<Record<DenialCause, string>> = {
  identity: "the role's own policies do not allow it",
  boundary: 'a permissions boundary stops it',
  session: 'a session policy stops it',
  resource: 'the policy of the resource stops it',
  scp: 'a service control policy stops it',
  rcp: 'a resource control policy stops it',
  'vpc-endpoint': 'the policy of a VPC endpoint stops it',
};

const deniedBy = (by: DenialCause | undefined): string => (by === undefined ? '' : `: ${policyWords[by]}`);

function remedyOfDenial({ action, by }: { readonly action: string; readonly by?: DenialCause }): string {
  if (by === undefined) return `allow ${action} in the reader role's policy, and look for an SCP that denies it`;
  if (by === 'identity') return `allow ${action} in the reader role's policy (\`assay policy\` prints it)`;
  return `exempt the reader role where ${policyWords[by].replace(' stops it', ' denies')} ${action}`;
}

/** Gaps that may be gone a little later: the call is asked again, and the workflow asks once more (design §1). */
export function isPassing(gap: Gap): boolean {
  if (gap.code === 'UNREACHABLE') return gap.lasting !== true;
  return gap.code === 'THROTTLED' || gap.code === 'TIMED_OUT';
}

/** Gaps that tell of us and not of the account: whoever goes on with a night later, signed in and connected again, asks anew. */
export const isOurs = (gap: Gap): boolean =>
  isPassing(gap) || gap.code === 'UNREACHABLE' || gap.code === 'NO_CREDENTIALS';

/**
 * What this version does not build yet, and what AWS does not offer: named everywhere and counted as unknown, but nobody can close it, so
 * that it does not make a night end 2 (design §6).
 */
export const isBeyondUs = ({ code }: { readonly code: string }): boolean =>
  code === 'NOT_IMPLEMENTED' || code === 'NOT_OFFERED';

/** AWS (or its recording) refused to answer: the only error a collector may meet. `error` is AWS's own, as a transcript keeps it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly gap: Gap;
  readonly error: { readonly name: string; readonly message: string } | undefined;
  constructor(gap: Gap, error?: { readonly name: string; readonly message: string }) {
    super(explainGap(gap));
    this.gap = gap;
    this.error = error;
  }
}
