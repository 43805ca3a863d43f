import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { matchesArnCondition } from './arn.ts';
import { matchesWildcard, type Wildcards } from './wildcard.ts';

/** Whether one value of the request meets one value of the policy. A value that is not of the operator's type meets nothing. */
export type Comparison = (given: string, wanted: string, wildcards: Wildcards) => boolean;

const number = (text: string): number =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;

const seconds = /^[+-]?\d+(\.\d+)?$/;
const iso = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * A moment in milliseconds: ISO 8601, or seconds since 1970 (IAM user guide, "Date condition operators"). Four digits are a year; a time
 * without a zone is UTC wherever this runs.
 */
function moment(text: string): number {
  const [, day, time, zone = 'Z'] = iso.exec(text) ?? [];
  if (day === undefined) return seconds.test(text) ? Number(text) * 1_000 : Number.NaN;
  if (time === undefined) return Date.parse(day);
  return Date.parse(
    `${day}T${time}${/^.\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/(\d\d)(\d\d)$/, '$1:$2').toUpperCase()}`,
  );
}

const numeric =
  (holds: (given: number, wanted: number) => boolean): Comparison =>
  (given, wanted) =>
    holds(number(given), number(wanted));
const dated =
  (holds: (given: number, wanted: number) => boolean): Comparison =>
  (given, wanted) =>
    holds(moment(given), moment(wanted));

const equal = (given: number, wanted: number): boolean => given === wanted;
const less = (given: number, wanted: number): boolean => given < wanted;
const lessOrEqual = (given: number, wanted: number): boolean => given <= wanted;
const greater = (given: number, wanted: number): boolean => given > wanted;
const greaterOrEqual = (given: number, wanted: number): boolean => given >= wanted;

const sameTruth: Comparison = (given, wanted) => {
  const truth = given.toLowerCase();
  return (truth === 'true' || truth === 'false') && truth === wanted.toLowerCase();
};

type Family = 'ipv4' | 'ipv6';
interface Network {
  readonly family: Family;
  readonly list: BlockList;
}

const networks = new Map<string, Network | null>();
const familyOf = (address: string): Family | null => (isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null);

function networkOf(text: string): Network | null {
  const kept = networks.get(text);
  if (kept !== undefined) return kept;
  const [address = '', bits] = text.split('/');
  const family = familyOf(address);
  const widest = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  const network = family === null || prefix < 0 || prefix > widest ? null : { family, list: new BlockList() };
  if (network !== null) network.list.addSubnet(address, prefix, network.family);
  if (networks.size > 10_000) networks.clear(); // policies name few networks; a stream of many must not fill memory
  networks.set(text, network);
  return network;
}

/**
 * An address inside a network written as CIDR; without a prefix, that one address (IAM user guide, "IP address condition operators").
 * IPv4 and IPv6 never meet, though Node's lists let them.
 */
const inNetwork: Comparison = (given, wanted) => {
  const family = familyOf(given);
  const network = family === null ? null : networkOf(wanted);
  return network !== null && network.family === family && network.list.check(given, family);
};

const arn: Comparison = (given, wanted, wildcards) => matchesArnCondition(wanted, given, wildcards);

/** What each condition operator compares, and whether policy variables and wildcards mean something in its values. */
export interface Operator {
  readonly name: string;
  /** True where a match makes the condition false: such operators are true of a missing key. */
  readonly negated: boolean;
  /** Policy variables are filled in string and ARN operators only (IAM user guide, "Where you can use policy variables"). */
  readonly variables: boolean;
  readonly wild: boolean;
  readonly compare: Comparison;
}

const row = (name: string, compare: Comparison, traits: Partial<Operator> = {}): Operator => ({
  name,
  negated: false,
  variables: false,
  wild: false,
  compare,
  ...traits,
});

const text = { variables: true };
const pattern = { variables: true, wild: true };
const not = { negated: true };
const same: Comparison = (given, wanted) => given === wanted;
const sameLetters: Comparison = (given, wanted) => given.toLowerCase() === wanted.toLowerCase();
const like: Comparison = (given, wanted, wildcards) => matchesWildcard(wanted, given, wildcards);

/** Every condition operator (IAM user guide, "IAM JSON policy elements: Condition operators") but `Null`, which compares nothing. */
const operators: readonly Operator[] = [
  row('StringEquals', same, text),
  row('StringNotEquals', same, { ...text, ...not }),
  row('StringEqualsIgnoreCase', sameLetters, text),
  row('StringNotEqualsIgnoreCase', sameLetters, { ...text, ...not }),
  row('StringLike', like, pattern),
  row('StringNotLike', like, { ...pattern, ...not }),
  row('ArnEquals', arn, pattern), // ArnEquals and ArnLike behave alike
  row('ArnLike', arn, pattern),
  row('ArnNotEquals', arn, { ...pattern, ...not }),
  row('ArnNotLike', arn, { ...pattern, ...not }),
  row('NumericEquals', numeric(equal)),
  row('NumericNotEquals', numeric(equal), not),
  row('NumericLessThan', numeric(less)),
  row('NumericLessThanEquals', numeric(lessOrEqual)),
  row('NumericGreaterThan', numeric(greater)),
  row('NumericGreaterThanEquals', numeric(greaterOrEqual)),
  row('DateEquals', dated(equal)),
  row('DateNotEquals', dated(equal), not),
  row('DateLessThan', dated(less)),
  row('DateLessThanEquals', dated(lessOrEqual)),
  row('DateGreaterThan', dated(greater)),
  row('DateGreaterThanEquals', dated(greaterOrEqual)),
  row('Bool', sameTruth),
  row('BinaryEquals', same), // both sides in base64
  row('IpAddress', inNetwork),
  row('NotIpAddress', inNetwork, not),
];

export const operatorNamed: ReadonlyMap<string, Operator> = new Map(operators.map((it) => [it.name.toLowerCase(), it]));
