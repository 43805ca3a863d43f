import { isIP } from 'node:net';

type Address = { readonly bits: number; readonly value: bigint };

// "Condition operators", IP address condition operators: an IPv4 or IPv6 address, or a range in CIDR format.
export function inRange(range: string, address: string): boolean {
  const [network = '', length, ...rest] = range.split('/');
  const from = parseAddress(network);
  const candidate = parseAddress(address);
  if (from === undefined || candidate === undefined || from.bits !== candidate.bits || rest.length > 0) return false;
  // Same section: without a routing prefix a single address is meant (/32; for IPv6 see README).
  const prefix = length === undefined ? from.bits : parsePrefix(length, from.bits);
  if (prefix === undefined) return false;
  const hostBits = BigInt(from.bits - prefix);
  return from.value >> hostBits === candidate.value >> hostBits;
}

function parsePrefix(length: string, bits: number): number | undefined {
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? Number(length) : undefined;
}

function parseAddress(text: string): Address | undefined {
  if (isIP(text) === 4) return { bits: 32, value: joined(text.split('.').map(Number), 8) };
  if (isIP(text) === 6 && !text.includes('%')) return { bits: 128, value: joined(groupsOf(text), 16) };
  return undefined;
}

// The eight groups of an IPv6 address, with `::` written out and a dotted IPv4 tail turned into two groups.
function groupsOf(text: string): number[] {
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const group = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${group(a, b)}:${group(c, d)}`;
  });
  const [head = [], tail] = plain.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const missing = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

const joined = (parts: readonly number[], width: number) =>
  parts.reduce((value, part) => (value << BigInt(width)) | BigInt(part), 0n);
