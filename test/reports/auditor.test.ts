import { night, noRows } from './support/night.ts';
import { accountRow, gapRow } from './support/rows.ts';
import { firstPage, wordsOf } from './support/templates.ts';

const ids = Array.from({ length: 7 }, (_, at) => `20000000000${at}`);
const page = async (): Promise<string> => {
  const accounts = ids.map((id) => accountRow(id, { status: 'partial', reason: 'the report was refused' }));
  return wordsOf(await firstPage('auditor', night({ ...noRows, accounts, gaps: ids.map((id) => gapRow(id)) })));
};

test('the way to verify ties the list of files to the seal and the seal to a key from elsewhere', async () => {
  const html = await firstPage('auditor', night(noRows));
  const words = html.replaceAll('&quot;', '"').replaceAll('&lt;', '<');
  expect(words).toContain('openssl dgst -sha256 -verify PINNED.pem -signature "$seal/seal.sig" "$seal/seal.json"');
  expect(words).toContain(
    String.raw`grep -q "\"sums\":\"$(sha256sum < "$seal/SHA256SUMS" | cut -c1-64)\"" "$seal/seal.json"`,
  );
  expect(words).toContain('sha256sum --quiet --strict -c "$seal/SHA256SUMS"');
  expect(words).toContain('anybody can sign a changed one with a key of their own');
});

test('names the sources that an unused identity rests on', async () => {
  const words = await page();
  expect(words).toContain('who holds one, an SSH key or an active signing certificate');
  expect(words).toMatch(
    /the credential report .* the list of service-specific credentials and, .* the service-last-accessed report; for a role it is RoleLast/,
  );
});

test('an account that hides something carries its reason', async () => {
  expect(await page()).toContain('measured partly the report was refused');
});

test('a cause names five accounts and says how many more there are', async () => {
  expect(await page()).toContain(`7: ${ids.slice(0, 5).join(', ')}, and 2 more: table gaps`);
});
