import { generateKeyPairSync, sign, verify } from 'node:crypto';
import * as fc from 'fast-check';
import { canonicalJson, sha256 } from '../../src/evidence/canonical.ts';
import { isCanonical, parseSeal } from '../../src/evidence/chain.ts';
import { collect, inBatches, placeOf } from '../../src/evidence/run-files.ts';
import { canonicalSignature, isExportOf, readPublicKey } from '../../src/evidence/signature.ts';
import { formatSums, parseSums } from '../../src/evidence/sums.ts';

describe('canonical JSON', () => {
  // RFC 8785, 3.2.2 and 3.2.3
  test('of the example in the RFC', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('sorts by UTF-16 code unit', () => {
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2, b: 3, a: 4 })).toBe('{"a":4,"b":3,"\u{1f600}":2,"\ufb33":1}');
  });

  test.each([[undefined], [Number.NaN], [{ at: Number.POSITIVE_INFINITY }], ['\ud800']])('refuses %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'NOT_CANONICAL' }));
  });

  test('is a fixed point, whatever the value', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expect(isCanonical(Buffer.from(canonicalJson(value)))).toBe(true)),
    ));

  test.each(['{"b":1,"a":2}', '{"a":1.0}', '{"a":-0}', '{"a": 1}', '{"a":1}\n', '{"a":"\\u0041"}', '', '{'])(
    '%p is not canonical',
    (text) => expect(isCanonical(Buffer.from(text))).toBe(false),
  );

  test('bytes that are not UTF-8 are no JSON', () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    expect(isCanonical(bytes)).toBe(false);
    expect(parseSeal(bytes)).toBeUndefined();
  });
});

describe('a signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.from('a night');

  test('of OpenSSL gets one form, which verifies', () => {
    for (let n = 0; n < 200; n += 1) {
      const strict = canonicalSignature(sign('sha256', message, privateKey)) as Uint8Array;
      expect(verify('sha256', message, publicKey, strict)).toBe(true);
      expect(canonicalSignature(strict)).toEqual(strict);
    }
  });

  test('whose integers are short keeps them short', () => {
    const der = Buffer.from('3006020101020101', 'hex');
    expect(canonicalSignature(der)).toEqual(der);
    expect(canonicalSignature(Buffer.from('300802020001020200ff', 'hex'))?.toString()).toEqual(
      Buffer.from('3007020101020200ff', 'hex').toString(),
    );
  });

  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  test.each([
    ['nothing', ''],
    ['r = 0', '3006020100020101'],
    ['s = 0', '3006020101020100'],
    ['r = n', `3026022100${order}020101`],
    ['s = n', `3026020101022100${order}`],
    ['one integer', '3003020101'],
  ])('is none: %s', (_, hex) => expect(canonicalSignature(Buffer.from(hex, 'hex'))).toBeUndefined());

  test('key is P-256 and nothing else', () => {
    const pemOf = (key: typeof publicKey) => Buffer.from(key.export({ type: 'spki', format: 'pem' }));
    expect(readPublicKey(pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey))).toBeUndefined();
    expect(readPublicKey(pemOf(generateKeyPairSync('ed25519').publicKey))).toBeUndefined();
    expect(isExportOf(publicKey, pemOf(publicKey))).toBe(true);
  });

  // A private key's PEM also gives a public key: it must not pass as one.
  test('key is not a private key', () => {
    const pem = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const key = readPublicKey(pem);
    expect(key !== undefined && isExportOf(key, pem)).toBe(false);
  });
});

describe('SHA256SUMS', () => {
  const digest = sha256('x');
  const plainKey = fc.stringMatching(/^[ -[\]-~]{1,20}$/);

  test('round trip', () =>
    fc.assert(
      fc.property(fc.uniqueArray(plainKey), (keys) => {
        const sums = new Map(keys.map((key) => [key, sha256(key)]));
        expect(parseSums(Buffer.from(formatSums(sums)))).toEqual(sums);
      }),
    ));

  test.each(['a\\b', 'a\nb', 'a\rb', 'é', ''])('refuses the key %p', (key) =>
    expect(() => formatSums(new Map([[key, digest]]))).toThrow(expect.objectContaining({ code: 'SUMS_MALFORMED' })),
  );

  test.each([
    ['no line end', `${digest}  a`],
    ['order', `${digest}  b\n${digest}  a\n`],
    ['the same key twice', `${digest}  a\n${digest}  a\n`],
    ['binary marker', `${digest} *a\n`],
    ['upper case', `${digest.toUpperCase()}  a\n`],
    ['an empty line', `${digest}  a\n\n`],
    ['a comment', `# x\n${digest}  a\n`],
    ['CRLF', `${digest}  a\r\n`],
    ['beyond ASCII', `${digest}  é\n`],
    ['a backslash', `${digest}  a\\b\n`],
  ])('is refused with %s', (_, text) => expect(parseSums(Buffer.from(text))).toBeUndefined());
});

test.each([
  ['evidence/dt=2025-11-23/run=0123456789ab/a', { dt: '2025-11-23', run: '0123456789ab' }],
  ['results/x/dt=2025-11-23/run=0123456789ab/a/b', { dt: '2025-11-23', run: '0123456789ab' }],
  ['results/dt=2025-11-23/run=0123456789ab/a', undefined],
  ['evidence/x/dt=2025-11-23/run=0123456789ab/a', undefined],
  ['evidence/dt=2025-11-23/run=0123456789ab/', undefined],
  ['evidence/dt=2025-11-23/run=0123456789ab', undefined],
  ['evidence/dt=2025-11-23/run=0123456789AB/a', undefined],
  ['evidence/dt=23-11-2025/run=0123456789ab/a', undefined],
  ['seals/dt=2025-11-23/run=0123456789ab/a', undefined],
])('the run of %s', (key, place) => expect(placeOf(key)).toEqual(place));

test('batches keep the order', async () => {
  async function* numbers() {
    for (let n = 0; n < 40; n += 1) yield n;
  }
  const items = await collect(numbers());
  expect(await inBatches(items, async (n) => n * 2)).toEqual(items.map((n) => n * 2));
});
