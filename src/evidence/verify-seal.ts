import type { Seal } from '../domain/seal.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { equal, sha256 } from './canonical.ts';
import { dtOf, isCanonical, parseSeal, type SealFile, sealKey } from './chain.ts';
import { type Fault, fault } from './fault.ts';
import { type Place, placeOf, summaryKey } from './run-files.ts';
import { canonicalSignature, isExportOf, isSignedBy, readPublicKey } from './signature.ts';
import { parseSums, type Sums } from './sums.ts';
import { read } from './verify-files.ts';

/** A seal after its own four files were checked; what could not be read is absent. */
export interface CheckedSeal {
  readonly seq: number;
  readonly faults: readonly Fault[];
  readonly digest: string | undefined;
  readonly seal: Seal | undefined;
  readonly sums: Sums | undefined;
  /** SHA-256 of key.pem as it lies there. */
  readonly key: string | undefined;
}

type Bytes = ReadonlyMap<SealFile, Uint8Array>;

const files: readonly SealFile[] = ['seal.json', 'SHA256SUMS', 'seal.sig', 'key.pem'];

/** Checks the four files of one seal against each other and against what encoding them again gives. */
export async function verifySeal(archive: ObjectStore, seq: number, listed: ReadonlySet<string>): Promise<CheckedSeal> {
  const { faults, bytes } = await readFiles(archive, seq, listed);
  const json = bytes.get('seal.json');
  const seal = json && parseSeal(json);
  const lines = bytes.get('SHA256SUMS');
  const sums = lines && parseSums(lines);
  const pem = bytes.get('key.pem');
  return {
    seq,
    digest: json && sha256(json),
    seal,
    sums,
    key: pem && sha256(pem),
    faults: [
      ...faults,
      ...jsonFaults(seq, json, seal),
      ...signatureFaults(seq, bytes),
      ...(seal === undefined ? [] : keyFaults(seq, pem, seal)),
      ...sumsFaults(seq, lines, seal, sums),
      ...(seal && sums ? contentFaults(seq, seal, sums) : []),
    ],
  };
}

async function readFiles(archive: ObjectStore, seq: number, listed: ReadonlySet<string>) {
  const faults: Fault[] = [];
  const bytes = new Map<SealFile, Uint8Array>();
  for (const file of files) {
    const key = sealKey(seq, file);
    const it = listed.has(key) ? await read(archive, key) : undefined;
    if (it === undefined) faults.push(fault('FILE_MISSING', key, 'each seal has four files'));
    else if ('problem' in it) faults.push(fault('UNREADABLE', key, it.problem));
    else bytes.set(file, it.bytes);
  }
  return { faults, bytes };
}

function jsonFaults(seq: number, json: Uint8Array | undefined, seal: Seal | undefined): readonly Fault[] {
  const key = sealKey(seq, 'seal.json');
  if (json === undefined) return [];
  return [
    ...(seal === undefined ? [fault('SEAL_MALFORMED', key, 'it is not the JSON of a seal')] : []),
    ...(isCanonical(json) ? [] : [fault('SEAL_NOT_CANONICAL', key, 'it is not in canonical form (RFC 8785)')]),
  ];
}

/** The key in its one form, the signature in its one form, and the signature valid. */
function signatureFaults(seq: number, bytes: Bytes): readonly Fault[] {
  const pem = bytes.get('key.pem');
  const key = pem && readPublicKey(pem);
  const [keyFile, sigFile] = [sealKey(seq, 'key.pem'), sealKey(seq, 'seal.sig')];
  const faults: Fault[] = [];
  if (pem && !key) faults.push(fault('KEY_MALFORMED', keyFile, 'it is not a P-256 public key in PEM'));
  if (pem && key && !isExportOf(key, pem)) faults.push(fault('KEY_NOT_CANONICAL', keyFile, 'the key has another PEM'));
  const signature = bytes.get('seal.sig');
  if (signature === undefined) return faults;
  const strict = canonicalSignature(signature);
  if (strict === undefined || !equal(strict, signature))
    faults.push(fault('SIGNATURE_NOT_CANONICAL', sigFile, 'it is not strict DER with low s'));
  const json = bytes.get('seal.json');
  if (json && key && !(strict && isSignedBy(key, json, strict)))
    faults.push(fault('SIGNATURE_INVALID', sigFile, 'it is not a signature of seal.json by key.pem'));
  return faults;
}

function keyFaults(seq: number, pem: Uint8Array | undefined, seal: Seal): readonly Fault[] {
  if (pem === undefined || sha256(pem) === seal.key.sha256) return [];
  return [fault('KEY_MISMATCH', sealKey(seq, 'key.pem'), `seal.json names the key ${seal.key.sha256}`)];
}

function sumsFaults(
  seq: number,
  lines: Uint8Array | undefined,
  seal: Seal | undefined,
  sums: Sums | undefined,
): readonly Fault[] {
  const key = sealKey(seq, 'SHA256SUMS');
  if (lines === undefined) return [];
  const sealed = seal === undefined || sha256(lines) === seal.sums;
  return [
    ...(sealed ? [] : [fault('DIGEST_MISMATCH', key, `seal.json names the digest ${seal.sums}`)]),
    ...(sums === undefined
      ? [fault('SUMS_MALFORMED', key, 'it is not sorted lines of digest, two blanks and key')]
      : []),
  ];
}

/** What the signed seal says of its list: its length, its summary, and that it names files of its own run only. */
function contentFaults(seq: number, seal: Seal, sums: Sums): readonly Fault[] {
  const [jsonFile, sumsFile] = [sealKey(seq, 'seal.json'), sealKey(seq, 'SHA256SUMS')];
  const own = { dt: dtOf(seal.clock), run: seal.run };
  const summary = sums.get(summaryKey(own, seal.kind)) ?? null;
  return [
    ...(seal.files === sums.size
      ? []
      : [fault('SUMS_MALFORMED', sumsFile, `it names ${sums.size} files, sealed were ${seal.files}`)]),
    ...(seal.summary === summary
      ? []
      : [fault('SUMMARY_MISMATCH', jsonFile, `the list gives the summary the digest ${summary}`)]),
    ...[...sums.keys()]
      .filter((key) => !isOf(own, key))
      .map((key) => fault('FOREIGN_FILE', sumsFile, `it names \`${key}\`, which is not of its run`)),
  ];
}

function isOf({ dt, run }: Place, key: string): boolean {
  const place = placeOf(key);
  return place?.dt === dt && place.run === run;
}
