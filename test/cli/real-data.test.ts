import { readdirSync } from 'node:fs';
import { recorded, scratch } from '../support/command-line.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

process.env['XDG_CONFIG_HOME'] = scratch();

/** Runs real input through the whole pipeline and checks the archive. */
async function wholeNight(
  path: string,
): Promise<
  Record<string, unknown> & { completeness: { accounts: Record<string, number> }; metrics: Record<string, unknown>[] }
> {
  const root = scratch();
  const { exit, out, err } = await recorded([
    'run',
    '--snapshot',
    path,
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    root,
    '--format',
    'html',
    '--json',
  ]);
  expect({ exit, failed: /failed|internal/.test(err) ? err : '' }).toEqual({
    exit: 2,
    failed: expect.not.stringMatching(/the night failed|internal error/),
  });
  expect((await recorded(['verify', root, '--quiet'])).exit).toBe(0);
  return JSON.parse(out);
}

describeWithSharedData('real input through the whole pipeline', () => {
  // counted by hand in the files: 44 users and 78 roles in two accounts; 26 roles carry a last use, all before the window
  test('the authorization details of two accounts', async () => {
    const { completeness, metrics } = await wholeNight(sharedData('gaad-cloudsplaining/example.json'));
    expect(completeness.accounts).toMatchObject({ discovered: 2, partial: 2 });
    expect(metrics).toContainEqual(
      expect.objectContaining({ id: 'credential.ai-key-user-rate', scope: 'organization', denominator: 0, unread: 44 }),
    );
    const roles = metrics.find(({ id, scope }) => id === 'completeness.identities' && scope === 'organization');
    expect(roles).toMatchObject({ open: false });
  });

  test.each(['example_authz_v2.json', 'managed_policy_mismatch.json'])('authorization details %s', async (name) => {
    expect((await wholeNight(sharedData(`gaad-cloudsplaining/${name}`))).completeness.accounts).toMatchObject({
      discovered: 1,
    });
  });

  const reports = () => readdirSync(sharedData('credential-reports')).filter((name) => name.endsWith('.csv'));
  test('every credential report', async () => {
    expect(reports().length).toBeGreaterThan(5);
    for (const name of reports()) await wholeNight(sharedData(`credential-reports/${name}`));
  });

  test('a recorded report: who used a password or key in the window is used, the rest cannot be told without their other credentials', async () => {
    const { metrics } = await wholeNight(sharedData('credential-reports/c7n-test_account_credential_report-1.csv'));
    expect(metrics.find(({ id, scope }) => id === 'identity.unused-rate' && scope === 'kind:user')).toMatchObject({
      numerator: 0,
    });
  });

  const empty = 'test_account_data_events/cloudtrail.DescribeTrails_2.json'; // no trail, so no account
  const recordings = () =>
    readdirSync(sharedData('api-recordings-c7n'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /cloudtrail\.(DescribeTrails|GetEventSelectors)_\d+\.json$/.test(file) && file !== empty,
    );
  test('a recorded list without any trail cannot be placed, and says how to lay it out', async () => {
    const { exit, err } = await recorded([
      'run',
      '--snapshot',
      sharedData(`api-recordings-c7n/${empty}`),
      '--output-dir',
      scratch(),
    ]);
    expect({ exit, err }).toEqual({
      exit: 64,
      err: expect.stringContaining('<account>/<region>/cloudtrail.DescribeTrails.json'),
    });
  });
  test('every recorded answer about trails and selectors gives cells that are not measured, never not covered', async () => {
    expect(recordings().length).toBeGreaterThan(5);
    for (const file of recordings()) {
      const { logging } = await wholeNight(sharedData(`api-recordings-c7n/${file}`));
      const statuses = new Set((logging as { status: string }[]).map(({ status }) => status));
      expect([file, statuses.has('not-covered')]).toEqual([file, false]); // event data stores are in none of these files
    }
  });
});
