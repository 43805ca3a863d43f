// Nights of a simulated organisation in this process, with their archive on disk.
import { localDependencies } from '../src/cli/local-dependencies.ts';
import { type LocalNight, runLocalNight } from '../src/cli/local-night.ts';
import type { Dependencies } from '../src/pipeline/dependencies.ts';
import { versions } from '../src/pipeline/versions.ts';
import type { SimulatedOrganization } from '../src/simulator/organization.ts';
import { simulatorReaders } from '../src/simulator/readers.ts';

export const many = <Spec>(count: number, make: (at: number) => Spec): Spec[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** What its nights read and write; nothing waits. */
export async function simulatedWorld(
  root: string,
  organization: SimulatedOrganization,
  formats: Dependencies['settings']['formats'] = [],
): Promise<Dependencies> {
  const settings = {
    readerRole: 'AssayReader',
    own: null,
    special: { readerRoles: ['AssayReader'], breakGlass: [] },
    formats,
    versions: versions({}),
  };
  const readers = simulatorReaders(organization);
  return {
    ...(await localDependencies({ root, settings, readers, source: 'simulator', live: false })),
    pause: async () => {},
  };
}

/** Runs the night of a clock over all its accounts. */
export const simulatedNight = (
  dependencies: Dependencies,
  clock: string,
  onEvent: LocalNight['onEvent'] = () => {},
): ReturnType<typeof runLocalNight> =>
  runLocalNight({
    input: {
      scheduledTime: clock,
      kind: 'night',
      input: { source: 'simulator', digest: null },
      selection: { accounts: [], skip: [], ous: [] },
      windowDays: 90,
    },
    dependencies,
    onEvent,
    sleep: async () => {},
  });
