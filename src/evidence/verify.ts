import type { ObjectStore } from '../ports/object-store.ts';
import { sha256 } from './canonical.ts';
import { dtOf, sealKey, sealPlaceOf } from './chain.ts';
import { type Fault, fault, type Note } from './fault.ts';
import { type Place, placeOf } from './run-files.ts';
import { exportPem, readPublicKey } from './signature.ts';
import { findStrays, verifyRun } from './verify-files.ts';
import { type CheckedSeal, verifySeal } from './verify-seal.ts';

/** What the reader got from somewhere other than the archive. */
export interface Pins {
  /** The public key as PEM, or the SHA-256 of key.pem. */
  readonly key?: string;
  /** SHA-256 of the newest seal.json the reader knows of. */
  readonly head?: string;
}

/** The result. No fault means: every byte is as it was sealed, as far as the pins go. */
export interface Verification {
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
  readonly seals: number;
  /** Files that SHA256SUMS lists name. */
  readonly files: number;
  /** What to pin next time; null where the newest seal cannot be read. */
  readonly head: { readonly seq: number; readonly digest: string; readonly key: string } | null;
}

/** Checks every byte in the archive: each seal, the chain, the files of each run, and that nothing else lies there. */
export async function verifyArchive(archive: ObjectStore, pins: Pins = {}): Promise<Verification> {
  const { numbers, keys, faults } = await listSeals(archive);
  const links: Link[] = [];
  const sealed = new Map<string, string>();
  let files = 0;
  for (const seq of numbers) {
    const checked = await verifySeal(archive, seq, keys);
    const found = [checked.faults, chainFaults(checked, links.at(-1)), await ownFiles(archive, checked, sealed)];
    for (const fault of found.flat()) faults.push(fault); // one by one: a run can have more strays than a call takes arguments
    files += checked.sums?.size ?? 0;
    links.push(linkOf(checked));
  }
  if (links.length === 0) faults.push(fault('SEAL_MISSING', sealKey(1, 'seal.json'), 'the archive holds no seal'));
  const strays = await findStrays(archive, sealed);
  const pinned = [keyPin(links, pins.key), headPin(links, pins.head)].flat();
  const unsealed = strays.unsealed.map((file) =>
    note('RUN_UNSEALED', file, 'no seal names this run: it was cut off, or is still under way'),
  );
  return {
    faults: [...faults, ...strays.faults, ...pinned.filter(isFault)],
    notes: [...pinned.filter((it) => !isFault(it)), ...unsealed],
    seals: links.length,
    files,
    head: headOf(links.at(-1)),
  };
}

/** What the next seals and the pins need to know of a seal; its list of files is let go. */
type Link = Omit<CheckedSeal, 'sums' | 'faults'>;

function linkOf({ seq, digest, seal, key }: CheckedSeal): Link {
  return { seq, digest, seal, key };
}

async function listSeals(archive: ObjectStore) {
  const faults: Fault[] = [];
  const keys = new Set<string>();
  const numbers = new Set<number>();
  for await (const key of archive.list('archive', 'seals/')) {
    const place = sealPlaceOf(key);
    if (place === undefined) faults.push(fault('FILE_NOT_SEALED', key, 'it is no file of a seal'));
    else numbers.add(place.seq);
    keys.add(key);
  }
  return { faults, keys, numbers: [...numbers].sort((a, b) => a - b) };
}

/** The seal must follow the one before: its number, its digest and its key. */
function chainFaults({ seq, seal }: CheckedSeal, before: Link | undefined): readonly Fault[] {
  const file = sealKey(seq, 'seal.json');
  const expected = (before?.seq ?? 0) + 1;
  const follows = seq === expected;
  const faults: Fault[] = [];
  if (!follows)
    faults.push(fault('SEAL_MISSING', sealKey(expected, 'seal.json'), `seals ${expected} to ${seq - 1} are missing`));
  if (seal === undefined) return faults;
  if (seal.seq !== seq) faults.push(fault('CHAIN_BROKEN', file, `it says it is seal ${seal.seq}`));
  if (follows && seal.previous !== (before === undefined ? null : (before.digest ?? seal.previous)))
    faults.push(fault('CHAIN_BROKEN', file, 'it does not follow the seal before it'));
  const key = before?.seal?.key;
  if (key && seal.key.sha256 !== key.sha256 && seal.key.sha256 !== key.next)
    faults.push(fault('KEY_MISMATCH', file, 'it uses another key, which the seal before did not announce'));
  return faults;
}

/** Checks the run's files, and enters the run among the sealed ones. Where seal.json cannot be read, its list says whose it is. */
async function ownFiles(
  archive: ObjectStore,
  { seq, seal, sums }: CheckedSeal,
  sealed: Map<string, string>,
): Promise<readonly Fault[]> {
  const place: Place | undefined = seal ? { dt: dtOf(seal.clock), run: seal.run } : firstPlace(sums?.keys());
  if (place === undefined) return [];
  if (sealed.has(place.run))
    return [fault('RUN_SEALED_TWICE', sealKey(seq, 'seal.json'), `an earlier seal is of run ${place.run} too`)];
  sealed.set(place.run, place.dt);
  return sums === undefined ? [] : verifyRun(archive, place, sums);
}

function firstPlace(keys: Iterable<string> = []): Place | undefined {
  const [first = ''] = keys;
  return placeOf(first);
}

/** The pinned key must have signed a seal: the chain before it is fixed by digests, the keys after it by announcements. */
function keyPin(links: readonly Link[], pin: string | undefined): Finding[] {
  if (pin === undefined)
    return [note('KEY_NOT_PINNED', null, 'key not pinned: anybody could have sealed this archive anew')];
  const digest = keyDigest(pin);
  if (links.some(({ key }) => key === digest)) return [];
  return [fault('KEY_NOT_PINNED_MATCH', newest(links, 'key.pem'), 'no seal was made with the pinned key')];
}

/** A digest as given, or that of the key's one PEM, however the pinned text wraps it. */
function keyDigest(pin: string): string {
  if (/^[0-9a-f]{64}$/i.test(pin)) return pin.toLowerCase();
  const key = readPublicKey(Buffer.from(pin));
  return sha256(key === undefined ? pin : exportPem(key));
}

function headPin(links: readonly Link[], pin: string | undefined): Finding[] {
  if (pin === undefined) return [note('HEAD_NOT_PINNED', null, 'head not pinned: newer seals may have been cut off')];
  const at = links.findIndex(({ digest }) => digest === pin.toLowerCase());
  if (at === -1)
    return [
      fault(
        'HEAD_MISMATCH',
        newest(links, 'seal.json'),
        'no seal has the pinned digest: the chain was cut or replaced',
      ),
    ];
  const newer = links.length - 1 - at;
  return newer === 0
    ? []
    : [note('HEAD_NOT_NEWEST', newest(links, 'seal.json'), `${newer} seals are newer than the pinned one`)];
}

function newest(links: readonly Link[], file: 'seal.json' | 'key.pem'): string {
  return sealKey(links.at(-1)?.seq ?? 1, file);
}

function headOf(link: Link | undefined): Verification['head'] {
  return link?.digest !== undefined && link.key !== undefined
    ? { seq: link.seq, digest: link.digest, key: link.key }
    : null;
}

type Finding = Fault | Note;

const noteCodes: readonly string[] = ['HEAD_NOT_NEWEST', 'HEAD_NOT_PINNED', 'KEY_NOT_PINNED', 'RUN_UNSEALED'];

function note(code: Note['code'], file: string | null, problem: string): Note {
  return { code, file, problem };
}

function isFault(finding: Finding): finding is Fault {
  return !noteCodes.includes(finding.code);
}
