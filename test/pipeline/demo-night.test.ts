import { compareWithTruth, demoOrganization, demoTruth, simulatorReaders } from '../../src/simulator/demo/index.ts';
import { clock, night, world } from '../support/world.ts';

test('the demo night meets its planted truth exactly', async () => {
  const { outcome, summary } = await night(world(simulatorReaders(demoOrganization(clock))));
  expect(outcome).toMatchObject({ status: 'sealed', already: false });
  expect(summary === undefined ? ['no summary'] : compareWithTruth(summary, demoTruth)).toEqual([]);
});
