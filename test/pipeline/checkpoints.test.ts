import type { SharedFacts } from '../../src/domain/facts.ts';
import type { Pointer } from '../../src/domain/night.ts';
import { sha256 } from '../../src/evidence/canonical.ts';
import { Checkpoints } from '../../src/pipeline/checkpoints.ts';
import { nightOf } from '../../src/pipeline/claim-night.ts';
import { type CollectAccountOutput, collectAccount } from '../../src/pipeline/collect-account.ts';
import { toJsonGz } from '../../src/pipeline/stored.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { decodeLines } from '../../src/transcripts/lines.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { account, noShared, planned } from '../support/facts.ts';
import { answer } from '../support/lines.ts';
import { clock, inputAt, memoryStore, world } from '../support/world.ts';

const liveNight = nightOf(inputAt(clock, { input: { source: 'aws', digest: null } }), {});
const statement = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' }],
};
const roles = Array.from({ length: 40 }, (_, at) => ({ name: `r${at}`, inline: at % 2 === 0 ? {} : { p: statement } }));
const readersOfMany = (): AwsReaders => simulatorReaders(buildOrganization({ clock, accounts: [{ roles }] }));

/** A transcript's lines, each once: a job that was begun anew is polled again, and the simulator gives it the same id. */
const linesIn = async (file: Uint8Array): Promise<Set<string>> =>
  new Set((await Array.fromAsync(decodeLines(file))).map((line) => JSON.stringify(line)));

async function collected(
  readers: AwsReaders,
  callsEach: number,
): Promise<{ rounds: number; evidence: Map<string, Set<string>>; last: CollectAccountOutput }> {
  const store = memoryStore();
  const bytes = await toJsonGz(noShared satisfies SharedFacts);
  const organization: Pointer = { key: 'organization.json.gz', sha256: sha256(bytes) };
  await store.put('work', organization.key, bytes);
  for (let rounds = 1; ; rounds++) {
    let left = callsEach;
    const mayAsk = () => left-- > 0;
    const last = await collectAccount(
      { night: liveNight, planned, organization, asked: 0 },
      world(readers, { store, mayAsk }),
    );
    if (!last.done) continue;
    const evidence = new Map<string, Set<string>>();
    for (const [key, file] of store.objects) if (key.startsWith('archive/')) evidence.set(key, await linesIn(file));
    return { rounds, last, evidence };
  }
}

test('an account that needs more time than a task has: the workflow comes back, and the transcript is that of one go', async () => {
  const whole = await collected(readersOfMany(), Number.POSITIVE_INFINITY);
  const parted = await collected(readersOfMany(), 60);
  expect(whole.rounds).toBe(1);
  expect(parted.rounds).toBeGreaterThan(2);
  expect(parted.evidence).toEqual(whole.evidence);
  expect(parted.last.receipt.evidence.map(({ key }) => key)).toEqual(whole.last.receipt.evidence.map(({ key }) => key));
});

describe('answers are stored while they come', () => {
  const line = (at: number) =>
    answer('iam:ListSSHPublicKeys', { UserName: `u${at}` }, { SSHPublicKeys: [], IsTruncated: false });
  const readers = replayReaders(new Map([[account, Array.from({ length: 100 }, (_, at) => line(at))]]));
  const asked = async (calls: number, night = liveNight, seconds = 0) => {
    const store = memoryStore();
    let at = 0;
    const place = { store, night, owner: account, now: () => at };
    const checkpoints = await Checkpoints.open(place);
    const reader = checkpoints.storing(readers, 'ssh-public-keys').for({ account, region: 'global' });
    for (let call = 0; call < calls; call++) {
      at += seconds;
      await reader.call('iam:ListSSHPublicKeys', { UserName: `u${call}` });
    }
    const again = await Checkpoints.open(place);
    return { parts: store.objects.size, stored: again.stored.get('ssh-public-keys') ?? [], checkpoints, again, store };
  };

  test('every 25 answers, in the order of the calls', async () => {
    const { parts, stored } = await asked(60);
    expect([parts, stored]).toEqual([2, Array.from({ length: 50 }, (_, at) => line(at))]);
  });
  test('every ten seconds, where answers are slow', async () => {
    expect((await asked(7, liveNight, 4)).stored).toHaveLength(6);
  });
  test('only on demand, where they cost nothing to ask again', async () => {
    const { stored, checkpoints, store } = await asked(60, nightOf(inputAt(), {}));
    expect(stored).toEqual([]);
    await checkpoints.flush();
    expect(store.objects.size).toBe(1);
  });
  test('a second try goes on behind the parts of the first, and overwrites none that another wrote meanwhile', async () => {
    const { checkpoints, again, store } = await asked(30);
    for (const [at, each] of [checkpoints, again, checkpoints].entries()) {
      await each
        .storing(readers, 'x')
        .for({ account, region: 'global' })
        .call('iam:ListSSHPublicKeys', { UserName: `u${90 + at}` });
      await each.flush();
    }
    expect(store.objects.size).toBe(4);
    expect((await Checkpoints.open({ store, night: liveNight, owner: account })).stored.get('x')).toHaveLength(3);
  });
});
