import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded, scratch } from '../support/command-line.ts';
import { deny, organizationSnapshot, policy, rootId, snapshotClock } from '../support/organization-snapshot.ts';

// One organisation of one member account; an SCP lets keys live 60 days, and one role make phantom users.

const member = '200000000001';
const exempt = 'arn:aws:iam::*:role/key-desk';
const snapshot = organizationSnapshot(
  [{ id: member, people: [{ name: 'app' }] }],
  [
    {
      id: 'p-age',
      targets: [rootId],
      document: policy(
        deny('iam:CreateServiceSpecificCredential', {
          Condition: {
            NumericGreaterThanIfExists: { 'iam:ServiceSpecificCredentialAgeDays': '60' },
            StringLike: { 'iam:ServiceSpecificCredentialServiceName': ['bedrock*', 'aws-external-anthropic*'] },
          },
        }),
        deny('iam:CreateUser', {
          Resource: ['arn:aws:iam::*:user/BedrockAPIKey-*', 'arn:aws:iam::*:user/AeaApiKey-*'],
          Condition: { ArnNotLike: { 'aws:PrincipalArn': exempt } },
        }),
      ),
    },
  ],
);

function config(text: string): string {
  const path = join(scratch(), 'assay.yaml');
  writeFileSync(path, text);
  return path;
}
const stricter = config(
  `guardrails:\n  maxKeyAgeDays: 30\n  allowedAudiences: [https://a.example]\n  approved: ['${exempt}']\n`,
);
const usual = config('guardrails:\n  maxKeyAgeDays: 90\n  allowedAudiences: []\n  approved: []\n');

interface Night {
  readonly run: { readonly id: string; readonly versions: Record<string, string> };
  readonly actions: { readonly queue: readonly { readonly id: string; readonly policy: object | null }[] };
  readonly metrics: readonly { readonly id: string; readonly scope: string; readonly numerator: number }[];
}

const archive = scratch();

async function night(clock: string, root: string, ...more: string[]): Promise<Night> {
  const args = ['run', '--snapshot', snapshot, '--clock', clock, '--output-dir', root];
  const { out } = await recorded([...args, '--format', 'html', '--json', '--quiet', ...more]);
  return JSON.parse(out) as Night;
}

let [before, after] = [{} as Night, {} as Night];
beforeAll(async () => {
  process.env['XDG_CONFIG_HOME'] = scratch(); // the sealing key of this test
  before = await night(snapshotClock, archive);
  after = await night('2026-10-01T06:00:00Z', archive, '--config', stricter);
}, 60_000);

const held = ({ metrics }: Night, guardrail: string) =>
  metrics.find(({ id, scope }) => id === `guardrail.coverage:${guardrail}` && scope === 'organization')?.numerator;

test('a night grades by the file, and names what is not the default among its versions', () => {
  expect([held(before, 'ai-key-max-age'), held(after, 'ai-key-max-age')]).toEqual([1, 0]);
  expect([held(before, 'no-phantom-users'), held(after, 'no-phantom-users')]).toEqual([0, 1]);
  expect(Object.keys(before.run.versions).filter((name) => name.startsWith('guardrails'))).toEqual([]);
  expect(after.run.versions).toMatchObject({
    'guardrails.maxKeyAgeDays': '30',
    'guardrails.allowedAudiences': expect.stringMatching(/^1 \([0-9a-f]{16}\)$/),
    'guardrails.approved': expect.stringMatching(/^1 \([0-9a-f]{16}\)$/),
  });
});

test('asked again of a past night, guardrails say where the settings are not those of the night', async () => {
  const asked = async (...more: string[]) =>
    (await recorded(['guardrails', '--archive', archive, '--night', after.run.id, '--json', ...more])).err;
  const note = await asked();
  expect(note).toMatch(/^note: the night graded by other settings \(maxKeyAgeDays 30, here 90; allowedAudiences 1 \(/);
  expect(note).toMatch(/approved 1 \([0-9a-f]{16}\), here none\): give its file with --config/);
  expect(await asked('--config', stricter)).toBe('');
  expect(await asked('--config', stricter, '--max-key-age', '31')).toContain('(maxKeyAgeDays 30, here 31)');
});

test('the SCPs of the action queue are written for the settings', () => {
  const scp = (of: Night, guardrail: string) =>
    JSON.stringify(of.actions.queue.find(({ id }) => id.endsWith(`attach-scp/${guardrail}`))?.policy ?? null);
  expect(scp(after, 'ai-key-max-age')).toContain('"30"');
  expect(scp(after, 'outbound-federation-fence')).toContain('https://a.example');
  expect(scp(before, 'outbound-federation-fence')).not.toContain('https://a.example');
});

test('a file that says the defaults is the same run as no file', async () => {
  const same = await night(snapshotClock, scratch(), '--config', usual);
  expect(same.run).toEqual(before.run);
});

test('diff tells another grade as another rule, of the guardrails it bears on alone; the trend begins anew', async () => {
  const { out, err } = await recorded(['diff', '2026-09-30', '2026-10-01', '--archive', archive, '--json']);
  expect(err).toBe('');
  const told = (JSON.parse(out) as { changes: { id: string; kind: string; cause: string }[] }).changes;
  const of = (guardrail: string) => told.find(({ id }) => id === `${member}/guardrail-enforcement/${guardrail}`);
  expect(of('ai-key-max-age')).toMatchObject({
    kind: 'rule-changed',
    cause: expect.stringContaining('threshold maxKeyAgeDays is 30, it was 90'),
  });
  expect(of('no-phantom-users')).toMatchObject({
    kind: 'rule-changed',
    cause: expect.stringMatching(/threshold approved is 1 \(.{16}\), it was none/),
  });
  expect(of('trail-protection')).toBeUndefined();
  const trend = await recorded(['trend', '--archive', archive, '--metric', 'guardrail.coverage:ai-key-max-age']);
  expect(trend.out).toContain('threshold maxKeyAgeDays is 30, it was 90');
});

test('`assay guardrails` takes the file, options go before it, and the settings stand with the result', async () => {
  const asked = async (...more: string[]) => {
    const args = ['guardrails', '--snapshot', snapshot, '--clock', snapshotClock, '--config', stricter];
    return JSON.parse((await recorded([...args, '--json', ...more])).out) as {
      settings: object;
      cells: { account: string; guardrail: string; grade: string }[];
    };
  };
  const grade = (told: Awaited<ReturnType<typeof asked>>) =>
    told.cells.find(({ account, guardrail }) => account === member && guardrail === 'ai-key-max-age')?.grade;
  const [file, option] = [await asked(), await asked('--max-key-age', '60')];
  expect(file.settings).toEqual({ maxKeyAgeDays: 30, allowedAudiences: ['https://a.example'], approved: [exempt] });
  expect([grade(file), grade(option)]).toEqual(['partial', 'enforced']);
  expect(option.settings).toMatchObject({ maxKeyAgeDays: 60, approved: [exempt] });
  const wrong = config('guardrails:\n  maxKeyAgeDays: never\n');
  expect(await recorded(['guardrails', '--snapshot', snapshot, '--config', wrong])).toMatchObject({
    exit: 64,
    err: expect.stringContaining(`${wrong}:2:18: guardrails.maxKeyAgeDays`),
  });
});

test('the replay of such a night by its file is the same', async () => {
  const root = join(scratch(), 'again');
  const args = ['replay', after.run.id, '--archive', archive, '--output-dir', root, '--config', stricter];
  expect((await recorded(args)).out).toContain('the same, byte for byte');
  expect(readFileSync(stricter, 'utf8')).toContain('30');
}, 60_000);
