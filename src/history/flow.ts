import type { Worse } from '../domain/share.ts';

/** Where one member of a figure stands on one night: as the figure places it, or why it has no place. */
export const stands = ['in', 'out', 'untrackable', 'unread', 'apart', 'hidden', 'absent'] as const;
/**
 * `in`: in the numerator; `out`: in the denominator alone; `untrackable`, `unread`: of the population, and not known; `apart`: there, and not
 * counted; `hidden`: nobody could list it; `absent`: not there.
 */
export type Stand = (typeof stands)[number];

/** How many members stand so on the earlier night (outer) and so on the later one (inner). */
export type Flow = Readonly<Record<Stand, Readonly<Record<Stand, number>>>>;

/** One member of a figure on one night. The id is the same on every night. */
export interface Member {
  readonly id: string;
  readonly account: string;
  readonly stand: Exclude<Stand, 'hidden' | 'absent'>;
}

/** What is known of an account's population for a figure: `whole` where all of it was listed, `none` where the account is closed. */
export type Listing = 'whole' | 'hidden' | 'none';

/** A night as far as two of them are compared. `elsewhere`: where members of an account stand that is not in `listings`. */
export interface FlowNight {
  members(): AsyncIterable<Member>;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly elsewhere: 'absent' | 'hidden';
}

/** Members whose stands are in memory at a time: a larger population takes more than one walk over the nights. */
const held = 250_000;

/** How the members of a figure moved between two nights. `population`: how many the earlier night has, about. */
export async function flowOf(before: FlowNight, after: FlowNight, population: number): Promise<Flow> {
  const flow = emptyFlow();
  const walks = Math.max(1, Math.ceil(population / held));
  for (let walk = 0; walk < walks; walk += 1) await addWalk(flow, before, after, (id) => hashOf(id) % walks === walk);
  return flow;
}

/** Adds the members that a walk is about: those of the earlier night are kept until the later one has passed by. */
async function addWalk(
  flow: MutableFlow,
  before: FlowNight,
  after: FlowNight,
  isMine: (id: string) => boolean,
): Promise<void> {
  const earlier = new Map<string, Member>();
  for await (const member of before.members()) if (isMine(member.id)) earlier.set(member.id, member);
  for await (const { id, account, stand } of after.members()) {
    if (!isMine(id)) continue;
    const was = earlier.get(id)?.stand ?? missing(before, account);
    earlier.delete(id);
    flow[was][stand] += 1;
  }
  for (const { account, stand } of earlier.values()) flow[stand][missing(after, account)] += 1;
}

/** Why a night does not have a member of the other. */
function missing({ listings, elsewhere }: FlowNight, account: string): 'hidden' | 'absent' {
  const listing = listings.get(account);
  if (listing === undefined) return elsewhere;
  return listing === 'hidden' ? 'hidden' : 'absent';
}

type MutableFlow = Record<Stand, Record<Stand, number>>;

const row = (): Record<Stand, number> => Object.fromEntries(stands.map((stand) => [stand, 0])) as Record<Stand, number>;
const emptyFlow = (): MutableFlow => Object.fromEntries(stands.map((stand) => [stand, row()])) as MutableFlow;

/** FNV-1a: spreads ids over walks, the same on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** New or gone members: all that are counted, and of these the ones in the numerator. */
export interface Moved {
  readonly counted: number;
  readonly numerator: number;
}

/** What a flow says, population and change apart. */
export interface Movement {
  readonly came: Moved;
  readonly gone: Moved;
  /** There on both nights and known on both: for the better, and for the worse. */
  readonly better: number;
  readonly worse: number;
  /** Counted on a night, and not known on one of the two. */
  readonly notKnown: number;
}

/** Tells new and gone members from those that are there on both nights and stand otherwise than before. */
export function movementOf(flow: Flow, worse: Worse): Movement {
  const [entered, left] = [sum(flow, outside, ['in']), sum(flow, ['in'], outside)];
  return {
    came: { counted: sum(flow, ['absent'], counted), numerator: sum(flow, ['absent'], ['in']) },
    gone: { counted: sum(flow, counted, ['absent']), numerator: sum(flow, ['in'], ['absent']) },
    better: worse === 'higher' ? left : entered,
    worse: worse === 'higher' ? entered : left,
    notKnown: sum(flow, dark, counted) + sum(flow, counted, dark) - sum(flow, ['unread'], ['unread']),
  };
}

const counted = ['in', 'out', 'untrackable', 'unread'] as const;
/** Untrackable is neither: AWS keeps no record by which it could be told. */
const outside = ['out', 'apart'] as const;
const dark = ['unread', 'hidden'] as const;

const sum = (flow: Flow, from: readonly Stand[], to: readonly Stand[]): number =>
  from.reduce((all, was) => all + to.reduce((some, is) => some + flow[was][is], 0), 0);
