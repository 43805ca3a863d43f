import { policyLimits, policySize } from '../catalogue/reader-policy.ts';
import type { Draft } from './draft.ts';
import type { WrittenStatement } from './grants.ts';

/** At most so many managed policies can be attached to a user or role (IAM user guide, "IAM and STS quotas"; may be raised on request). */
export const mostAttached = 10;

/** A policy document that can be attached. */
export interface PackedPolicy {
  readonly document: { readonly Version: string; readonly Statement: readonly WrittenStatement[] };
  /** Characters as IAM counts them: without white space. */
  readonly size: number;
  /** Of each statement, the policies that it comes from. */
  readonly from: readonly (readonly string[])[];
}

export interface Packed {
  readonly policies: readonly PackedPolicy[];
  /** Where it cannot fit, in words; empty where all of it does. */
  readonly misfits: readonly string[];
}

interface Piece {
  readonly written: WrittenStatement;
  readonly version: Draft['version'];
  readonly from: readonly string[];
}

/** Fills as few documents as first-fit needs. A statement too long for one is split by its actions, then by its resources. */
export function packed(drafts: readonly Draft[]): Packed {
  const taken = new Set<string>();
  const pieces = drafts.flatMap((draft) => {
    const written = {
      ...sidOf(draft, taken),
      Effect: draft.effect,
      [draft.list]: oneOrMany(draft.actions),
      ...draft.rest,
    };
    return split(written, draft.version).map(
      (piece): Piece => ({ written: piece, version: draft.version, from: draft.from }),
    );
  });
  const bins: Piece[][] = [];
  for (const piece of pieces) {
    const bin = bins.find((it) => it[0]?.version === piece.version && fits([...it, piece]));
    if (bin === undefined) bins.push([piece]);
    else bin.push(piece);
  }
  const policies = bins.map(policyOf);
  return { policies, misfits: misfitsIn(policies) };
}

function misfitsIn(policies: readonly PackedPolicy[]): string[] {
  const long = policies
    .filter(({ size }) => size > policyLimits.managed)
    .map(
      ({ size, from }) =>
        `a statement of ${(from[0] ?? []).join(', ')} has ${size} characters and cannot be split; a managed policy holds ${policyLimits.managed}`,
    );
  const many = `${policies.length} managed policies are needed, and ${mostAttached} can be attached (a quota that AWS raises on request)`;
  return policies.length > mostAttached ? [...long, many] : long;
}

const documentOf = (pieces: readonly Piece[]) => ({
  Version: pieces[0]?.version ?? '2012-10-17',
  Statement: pieces.map(({ written }) => written),
});

const policyOf = (pieces: readonly Piece[]): PackedPolicy => ({
  document: documentOf(pieces),
  size: policySize(documentOf(pieces)),
  from: pieces.map(({ from }) => from),
});

const fits = (pieces: readonly Piece[]): boolean => policySize(documentOf(pieces)) <= policyLimits.managed;

/** Sids are unique in a policy; the first statement of a name keeps it. */
function sidOf({ sid }: Draft, taken: Set<string>): { Sid?: string } {
  if (sid === null || taken.has(sid)) return {};
  taken.add(sid);
  return { Sid: sid };
}

const oneOrMany = (list: readonly unknown[]): unknown => (list.length === 1 ? list[0] : list);

/** Parts that say together what the statement says; a part that nothing can split stays too long. */
function split(written: WrittenStatement, version: Draft['version']): WrittenStatement[] {
  if (fits([{ written, version, from: [] }])) return [written];
  const key = ['Action', 'Resource'].find((it) => Array.isArray(written[it]));
  if (key === undefined) return [written];
  const list = written[key] as readonly unknown[];
  const half = Math.ceil(list.length / 2);
  const { Sid: _, ...unnamed } = written;
  const first = split({ ...written, [key]: oneOrMany(list.slice(0, half)) }, version);
  return [...first, ...split({ ...unnamed, [key]: oneOrMany(list.slice(half)) }, version)];
}
