import { createPublicKey } from 'node:crypto';
import { sha256 } from '../../src/evidence/canonical.ts';
import { sealKey } from '../../src/evidence/chain.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import type { Pins } from '../../src/evidence/verify.ts';
import { bytesOf, copyOf, first, type MemoryStore, newSigner, overwrite, sealRun, second, textOf } from './nights.ts';
import {
  archiveKeys,
  at,
  codesOf,
  compressed,
  highS,
  intact,
  intactHead,
  pem,
  plan,
  relist,
  remove,
  resign,
  sealFiles,
  swap,
  third,
} from './tamper.ts';

const seal1 = sealKey(1, 'seal.json');
const seal2 = sealKey(2, 'seal.json');

type Case = readonly [name: string, tamper: (store: MemoryStore) => unknown, expected: readonly string[], pins?: Pins];

describe('tampering is named', () => {
  const cases: readonly Case[] = [
    [
      'one byte of evidence',
      (it) => overwrite(it, plan(first), `${textOf(it, plan(first))} `),
      [`DIGEST_MISMATCH ${plan(first)}`],
    ],
    [
      'a result removed',
      (it) => remove(it, summaryKey({ dt: '2025-11-23', run: first.run })),
      [`FILE_MISSING ${summaryKey({ dt: '2025-11-23', run: first.run })}`],
    ],
    [
      'a file added to a sealed run',
      (it) => overwrite(it, `reports/board/${at(first)}/x`, ''),
      [`FILE_NOT_SEALED reports/board/${at(first)}/x`],
    ],
    [
      'a file of a sealed run under another date',
      (it) => overwrite(it, `evidence/dt=2025-01-01/run=${first.run}/x`, ''),
      [`FILE_NOT_SEALED evidence/dt=2025-01-01/run=${first.run}/x`],
    ],
    [
      'a stray file in evidence/',
      (it) => overwrite(it, 'evidence/notes.txt', ''),
      ['FILE_NOT_SEALED evidence/notes.txt'],
    ],
    [
      'a file where a folder belongs',
      (it) => overwrite(it, `evidence/${at(third)}`, ''),
      [`FILE_NOT_SEALED evidence/${at(third)}`],
    ],
    ['a stray file in seals/', (it) => overwrite(it, 'seals/readme', ''), ['FILE_NOT_SEALED seals/readme']],
    [
      'a fifth file of a seal',
      (it) => overwrite(it, 'seals/seq=000001/seal.json.bak', ''),
      ['FILE_NOT_SEALED seals/seq=000001/seal.json.bak'],
    ],
    [
      'a seal number 0',
      (it) => overwrite(it, 'seals/seq=000000/seal.json', ''),
      ['FILE_NOT_SEALED seals/seq=000000/seal.json'],
    ],
    ['an unreadable file of a run', (it) => it.unreadable.add(plan(first)), [`UNREADABLE ${plan(first)}`]],
    [
      'an unreadable file of a seal',
      (it) => it.unreadable.add(sealKey(1, 'key.pem')),
      [`UNREADABLE ${sealKey(1, 'key.pem')}`],
    ],
    [
      'an unreadable file of an unsealed run',
      (it) => {
        overwrite(it, plan(third), '');
        it.unreadable.add(plan(third));
      },
      [`UNREADABLE ${plan(third)}`],
    ],
    [
      'files swapped between nights',
      (it) => swap(it, plan(first), plan(second)),
      [`DIGEST_MISMATCH ${plan(first)}`, `DIGEST_MISMATCH ${plan(second)}`],
    ],
    [
      'seals reordered',
      (it) => {
        for (const file of sealFiles) swap(it, sealKey(1, file), sealKey(2, file));
      },
      [`CHAIN_BROKEN ${seal1}`, `CHAIN_BROKEN ${seal1}`, `CHAIN_BROKEN ${seal2}`, `CHAIN_BROKEN ${seal2}`],
    ],
    [
      'a seal replaced by an older one',
      (it) => {
        for (const file of sealFiles) overwrite(it, sealKey(2, file), bytesOf(it, sealKey(1, file)));
      },
      [`CHAIN_BROKEN ${seal2}`, `CHAIN_BROKEN ${seal2}`, `RUN_SEALED_TWICE ${seal2}`],
    ],
    [
      'the first seal removed',
      (it) => {
        for (const file of sealFiles) remove(it, sealKey(1, file));
      },
      [`SEAL_MISSING ${seal1}`],
    ],
    [
      'all seals removed',
      (it) => {
        for (const seq of [1, 2]) for (const file of sealFiles) remove(it, sealKey(seq, file));
      },
      [`SEAL_MISSING ${seal1}`],
    ],
    ['the newest night cut off, head not pinned', truncate, [], { key: pem }],
    ['the newest night cut off, head pinned', truncate, [`HEAD_MISMATCH ${seal1}`], { key: pem, head: intactHead }],
    [
      'everything gone, all pinned',
      (it) => it.objects.clear(),
      [`SEAL_MISSING ${seal1}`, `KEY_NOT_PINNED_MATCH ${sealKey(1, 'key.pem')}`, `HEAD_MISMATCH ${seal1}`],
      { key: pem, head: intactHead },
    ],
    ['a fork by the holder of the key, head not pinned', fork, [], { key: pem }],
    ['a fork by the holder of the key, head pinned', fork, [`HEAD_MISMATCH ${seal2}`], { key: pem, head: intactHead }],
    ['a seal.json removed', (it) => remove(it, seal1), [`FILE_MISSING ${seal1}`]],
    ['a seal.sig removed', (it) => remove(it, sealKey(2, 'seal.sig')), [`FILE_MISSING ${sealKey(2, 'seal.sig')}`]],
    [
      'a SHA256SUMS removed',
      (it) => remove(it, sealKey(2, 'SHA256SUMS')),
      [`FILE_MISSING ${sealKey(2, 'SHA256SUMS')}`],
    ],
    ['a seal of another shape', (it) => resign(it, 2, { kind: 'day' as 'night' }), [`SEAL_MALFORMED ${seal2}`]],
    ['a seal of a run that has not its form', (it) => resign(it, 2, { run: '../x' }), [`SEAL_MALFORMED ${seal2}`]],
    [
      'a seal that is not JSON',
      (it) => overwrite(it, seal2, '{'),
      [`SEAL_MALFORMED ${seal2}`, `SEAL_NOT_CANONICAL ${seal2}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a seal with a line end',
      (it) => overwrite(it, seal2, `${textOf(it, seal2)}\n`),
      [`SEAL_NOT_CANONICAL ${seal2}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a seal with a byte order mark',
      (it) => overwrite(it, seal2, `\ufeff${textOf(it, seal2)}`),
      [`SEAL_MALFORMED ${seal2}`, `SEAL_NOT_CANONICAL ${seal2}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a seal that is not UTF-8',
      (it) => overwrite(it, seal2, Buffer.from(textOf(it, seal2).replace('organisation', 'organis\xe9'), 'latin1')),
      [`SEAL_MALFORMED ${seal2}`, `SEAL_NOT_CANONICAL ${seal2}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a seal that says one thing twice',
      (it) => overwrite(it, seal2, textOf(it, seal2).replace('{', '{"run":"ffffffffffff",')),
      [`SEAL_NOT_CANONICAL ${seal2}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a figure in a seal',
      (it) => overwrite(it, seal2, textOf(it, seal2).replace('"users":7', '"users":6')),
      [`SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'the other signature, high s',
      (it) => overwrite(it, sealKey(2, 'seal.sig'), highS(bytesOf(it, sealKey(2, 'seal.sig')))),
      [`SIGNATURE_NOT_CANONICAL ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a signature with a byte more',
      (it) =>
        overwrite(it, sealKey(2, 'seal.sig'), Buffer.concat([bytesOf(it, sealKey(2, 'seal.sig')), Buffer.from([0])])),
      [`SIGNATURE_NOT_CANONICAL ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'an empty signature',
      (it) => overwrite(it, sealKey(2, 'seal.sig'), ''),
      [`SIGNATURE_NOT_CANONICAL ${sealKey(2, 'seal.sig')}`, `SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'the signature of the other night',
      (it) => overwrite(it, sealKey(2, 'seal.sig'), bytesOf(it, sealKey(1, 'seal.sig'))),
      [`SIGNATURE_INVALID ${sealKey(2, 'seal.sig')}`],
    ],
    [
      'a PEM with an extra line end',
      (it) => overwrite(it, sealKey(2, 'key.pem'), `${pem}\n`),
      [`KEY_NOT_CANONICAL ${sealKey(2, 'key.pem')}`, `KEY_MISMATCH ${sealKey(2, 'key.pem')}`],
    ],
    [
      'a PEM of the same key, compressed',
      (it) => overwrite(it, sealKey(2, 'key.pem'), compressed(createPublicKey(pem))),
      [`KEY_NOT_CANONICAL ${sealKey(2, 'key.pem')}`, `KEY_MISMATCH ${sealKey(2, 'key.pem')}`],
    ],
    [
      'what is no key',
      (it) => overwrite(it, sealKey(2, 'key.pem'), 'key'),
      [`KEY_MALFORMED ${sealKey(2, 'key.pem')}`, `KEY_MISMATCH ${sealKey(2, 'key.pem')}`],
    ],
    ['a night signed anew with another key', usurp, [`KEY_MISMATCH ${seal2}`]],
    ['the whole archive sealed anew, key not pinned', rebuild, []],
    [
      'the whole archive sealed anew, key pinned',
      rebuild,
      [`KEY_NOT_PINNED_MATCH ${sealKey(2, 'key.pem')}`],
      { key: pem },
    ],
    ['a pinned key that is none', () => {}, [`KEY_NOT_PINNED_MATCH ${sealKey(2, 'key.pem')}`], { key: 'key' }],
    [
      'CRLF in SHA256SUMS',
      (it) => overwrite(it, sealKey(2, 'SHA256SUMS'), textOf(it, sealKey(2, 'SHA256SUMS')).replaceAll('\n', '\r\n')),
      [`DIGEST_MISMATCH ${sealKey(2, 'SHA256SUMS')}`, `SUMS_MALFORMED ${sealKey(2, 'SHA256SUMS')}`],
    ],
    [
      'CRLF in SHA256SUMS, under a true seal',
      async (it) => {
        const text = textOf(it, sealKey(2, 'SHA256SUMS')).replaceAll('\n', '\r\n');
        overwrite(it, sealKey(2, 'SHA256SUMS'), text);
        await resign(it, 2, { sums: sha256(text) });
      },
      [`SUMS_MALFORMED ${sealKey(2, 'SHA256SUMS')}`],
    ],
    [
      'a line less in SHA256SUMS',
      (it) => overwrite(it, sealKey(2, 'SHA256SUMS'), textOf(it, sealKey(2, 'SHA256SUMS')).replace(/^.*\n/, '')),
      [
        `DIGEST_MISMATCH ${sealKey(2, 'SHA256SUMS')}`,
        `SUMS_MALFORMED ${sealKey(2, 'SHA256SUMS')}`,
        expect.stringMatching(/^FILE_NOT_SEALED evidence/),
      ],
    ],
    [
      'a wrong count of files, under a true seal',
      (it) => resign(it, 2, { files: 5 }),
      [`SUMS_MALFORMED ${sealKey(2, 'SHA256SUMS')}`],
    ],
    [
      'another summary, under a true seal',
      (it) => resign(it, 2, { summary: sha256('x') }),
      [`SUMMARY_MISMATCH ${seal2}`],
    ],
    ['no summary, under a true seal', (it) => resign(it, 2, { summary: null }), [`SUMMARY_MISMATCH ${seal2}`]],
    [
      'a file of another run in the list, under a true seal',
      (it) => relist(it, 2, (sums) => sums.set(plan(first), sha256(bytesOf(it, plan(first))))),
      [`FOREIGN_FILE ${sealKey(2, 'SHA256SUMS')}`, `FILE_MISSING ${plan(first)}`],
    ],
    [
      'a seal of another seal in the list, under a true seal',
      (it) => relist(it, 2, (sums) => sums.set(seal1, sha256(bytesOf(it, seal1)))),
      [`FOREIGN_FILE ${sealKey(2, 'SHA256SUMS')}`, `FILE_MISSING ${seal1}`],
    ],
    [
      'one run sealed twice',
      (it) => resign(it, 2, { run: first.run }),
      [
        `SUMMARY_MISMATCH ${seal2}`,
        ...Array(6).fill(`FOREIGN_FILE ${sealKey(2, 'SHA256SUMS')}`),
        `RUN_SEALED_TWICE ${seal2}`,
      ],
    ],
    ['a chain that starts anew', (it) => resign(it, 2, { previous: null }), [`CHAIN_BROKEN ${seal2}`]],
    [
      'a first seal that follows something',
      (it) => resign(it, 1, { previous: sha256('x') }),
      [`CHAIN_BROKEN ${seal1}`, `CHAIN_BROKEN ${seal2}`],
    ],
    [
      'a seal far off',
      (it) => overwrite(it, 'seals/seq=999999/key.pem', pem),
      [
        `FILE_MISSING seals/seq=999999/seal.json`,
        'FILE_MISSING seals/seq=999999/SHA256SUMS',
        'FILE_MISSING seals/seq=999999/seal.sig',
        `SEAL_MISSING ${sealKey(3, 'seal.json')}`,
      ],
    ],
  ];

  const named = cases.map(([name, tamper, expected, pins]) => ({ name, tamper, expected, pins }));
  test.each(named)('$name', async ({ tamper, expected, pins }) => {
    const store = copyOf(intact);
    await tamper(store);
    expect(await codesOf(store, pins)).toEqual(expected);
  });

  function truncate(store: MemoryStore): void {
    for (const key of archiveKeys) if (key.includes(second.run) || key.includes('seq=000002')) remove(store, key);
  }

  async function fork(store: MemoryStore): Promise<void> {
    truncate(store);
    await sealRun(store, third);
  }

  /** Seals the second night anew with another key, as good as a stranger can. */
  async function usurp(store: MemoryStore): Promise<void> {
    const stranger = newSigner('stranger');
    const key = await stranger.publicKeyPem();
    overwrite(store, sealKey(2, 'key.pem'), key);
    await resign(store, 2, { key: { sha256: sha256(key), next: null } }, stranger);
  }

  async function rebuild(store: MemoryStore): Promise<void> {
    store.objects.clear();
    for (const night of [first, second]) await sealRun(store, night, newSigner('stranger'));
  }
});
