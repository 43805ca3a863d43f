// A night over the account that `large-account-server.ts` plays, in a process of its own: real SDK clients, the heap of `assay run`, an
// archive on disk, no pages.
// Arguments: the server's port, the archive's folder. Without the rate budget, which would only make it wait.
import { sdkReaders } from '../src/adapters/aws/sdk-readers.ts';
import { localDependencies } from '../src/cli/local-dependencies.ts';
import { runLocalNight } from '../src/cli/local-night.ts';
import { preferSmallHeap } from '../src/cli/small-heap.ts';
import { accountId } from '../src/domain/ids.ts';
import { versions } from '../src/pipeline/versions.ts';

const [port = '', root = ''] = process.argv.slice(2);
preferSmallHeap();
Object.assign(process.env, {
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_ACCESS_KEY_ID: '111122223333',
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_REGION: 'us-east-1',
});
const account = accountId('111122223333');
const readers = sdkReaders({ own: account, attempts: 1 });
const settings = {
  readerRole: 'AssayReader',
  own: { account, partition: 'aws' },
  special: { readerRoles: ['AssayReader'], breakGlass: [] },
  formats: [],
  versions: versions({}),
};
const world = await localDependencies({ root, settings, readers, source: 'aws', live: false });
const outcome = await runLocalNight({
  input: {
    scheduledTime: '2026-09-30T06:00:00Z',
    kind: 'night',
    input: { source: 'aws', digest: null },
    selection: { accounts: [], skip: [], ous: [] },
    windowDays: 90,
  },
  dependencies: { ...world, pause: async () => {} },
  onEvent: () => {},
  sleep: async () => {},
});
process.stdout.write(`${JSON.stringify(outcome.status === 'failed' ? outcome : outcome.status)}\n`);
