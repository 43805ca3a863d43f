// Makes request cases of about 7 kB over real policies: `node bench/cases.ts <megabytes> <file> [seed]`.
// The same seed gives the same lines. Each request is aimed at one statement of its own policies, so that both answers occur.
import { closeSync, openSync, writeSync } from 'node:fs';
import { account, type Pool, type RawPolicy, type RawStatement, readPool } from './policies.ts';

const stranger = '444455556666';
const principals = [`arn:aws:iam::${account}:user/alice`, `arn:aws:iam::${account}:role/app`];
/** Where the statement aimed at leaves the action or the resource open. */
const commonActions = ['s3:GetObject', 'iam:PassRole', 'bedrock:InvokeModel', 'kms:Decrypt', 'ec2:RunInstances'];
const commonResources = ['arn:aws:s3:::data/key', `arn:aws:ec2:us-east-1:${account}:instance/i-1`, '*'];
/** Stand for wildcards of a pattern. */
const fillings = ['abc', 'us-east-1', 'x', ''];
/** Context values that miss most conditions. */
const misses = ['other', 'true', 'false', '10', '2020-01-01T00:00:00Z'];
/** Identity policies are drawn until their text is this long; with SCPs and the request a line is then about 7 kB. */
const identityLength = 3_000;

/** Numbers from 0 up to 1 that a seed decides (mulberry32). */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(list: readonly T[]): T {
    const value = list[this.below(list.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }
}

const fullAccess: RawPolicy = {
  name: 'FullAWSAccess',
  document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};
const fullResourceAccess = {
  name: 'RCPFullAWSAccess',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
} as const;

interface Policies {
  readonly identity: readonly RawPolicy[];
  readonly boundary: readonly RawPolicy[] | null;
  readonly scps: readonly (readonly RawPolicy[])[];
  readonly rcps: readonly (readonly RawPolicy[])[];
}

/** Lines without an end, each one case. */
export function* linesOfCases(pool: Pool, seed: number): Generator<string> {
  const random = new Random(seed);
  for (let number = 0; ; number++) {
    const policies = drawPolicies(pool, random);
    const request = aimAt(policies, random);
    yield JSON.stringify({ id: `case-${number}`, request, policies });
  }
}

function drawPolicies({ managed, scps, rcps }: Pool, random: Random): Policies {
  const identity: RawPolicy[] = [];
  for (let length = 0; length < identityLength; ) {
    const policy = random.pick(managed);
    identity.push(policy);
    length += JSON.stringify(policy.document).length;
  }
  const levels = 1 + random.below(3);
  return {
    identity,
    boundary: random.chance(0.2) ? [random.pick(managed)] : null,
    scps: Array.from({ length: levels }, () => [fullAccess, ...(random.chance(0.6) ? [random.pick(scps)] : [])]),
    rcps: random.chance(0.3) ? [[fullResourceAccess, random.pick(rcps)]] : [],
  };
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

const statementsOf = (policies: readonly RawPolicy[]): readonly RawStatement[] =>
  policies.flatMap(({ document }) => listOf(document.Statement));

/** A request that one statement speaks of: usually one of the caller's own policies, else one of what limits it. */
function aimAt({ identity, boundary, scps, rcps }: Policies, random: Random): object {
  const own = statementsOf(identity);
  const limits = statementsOf([...(boundary ?? []), ...scps.flat(), ...rcps.flat()]);
  const target = random.pick(random.chance(0.7) || limits.length === 0 ? own : limits);
  const principal = random.pick(principals);
  return {
    principal,
    action: actionOf(target, random),
    resource: resourceOf(target, random),
    resourceAccount: random.chance(0.95) ? account : stranger,
    context: { 'aws:PrincipalArn': principal, ...contextOf([target, ...own, ...limits], random) },
  };
}

/** One string that a pattern matches, but for rare policy variables. */
const fill = (pattern: string, random: Random): string =>
  pattern
    .replace(/\$\{[^}]*\}/g, 'alice')
    .replace(/\*/g, () => random.pick(fillings))
    .replace(/\?/g, 'q');

function actionOf({ Action }: RawStatement, random: Random): string {
  const patterns = listOf<string>(Action);
  const action = patterns.length === 0 ? '' : fill(random.pick(patterns), random);
  return action.includes(':') ? action : random.pick(commonActions);
}

function resourceOf({ Resource }: RawStatement, random: Random): string {
  const patterns = listOf<string>(Resource);
  const resource = patterns.length === 0 ? '' : fill(random.pick(patterns), random);
  return resource.startsWith('arn:') ? resource : random.pick(commonResources);
}

/** Values for the keys of most conditions: mostly one that the condition names, sometimes another or none. */
function contextOf(statements: readonly RawStatement[], random: Random): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  const taken = new Set(['aws:principalarn']);
  for (const { Condition = {} } of statements)
    for (const [operator, keys] of Object.entries(Condition))
      for (const [key, named] of Object.entries(keys)) {
        if (taken.has(key.toLowerCase()) || random.chance(0.3)) continue;
        taken.add(key.toLowerCase());
        if (operator === 'Null') continue;
        const value = random.chance(0.7) ? fill(String(random.pick(listOf(named))), random) : random.pick(misses);
        context[key] = /^For(All|Any)/i.test(operator) ? [value] : value;
      }
  return context;
}

/** Writes cases until the file has so many megabytes; gives their count. Holds one batch of lines at a time. */
export function writeCases(file: string, megabytes: number, seed = 1): number {
  const out = openSync(file, 'w');
  let left = megabytes * 1_000_000;
  let batch = '';
  let count = 0;
  for (const line of linesOfCases(readPool(), seed)) {
    batch += `${line}\n`;
    left -= line.length + 1;
    count++;
    if (batch.length < 1 << 20 && left > 0) continue;
    writeSync(out, batch);
    batch = '';
    if (left <= 0) break;
  }
  closeSync(out);
  return count;
}

if (import.meta.main) {
  const [megabytes = '', file = '', seed = '1'] = process.argv.slice(2);
  const count = writeCases(file, Number(megabytes), Number(seed));
  process.stdout.write(`${count} cases\n`);
}
