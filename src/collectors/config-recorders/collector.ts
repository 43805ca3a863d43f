import { z } from 'zod';
import type { ByRegion, ConfigRecorder } from '../../domain/account-settings.ts';
import type { Region } from '../../domain/ids.ts';
import { known, type Reading, unknown } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const list = 'config:DescribeConfigurationRecorders';
const status = 'config:DescribeConfigurationRecorderStatus';
const Recorders = z.object({
  ConfigurationRecorders: z.array(
    z.object({
      name: z.string(),
      recordingGroup: z
        .object({ allSupported: z.boolean().optional(), includeGlobalResourceTypes: z.boolean().optional() })
        .optional(),
    }),
  ),
});
const Statuses = z.object({
  ConfigurationRecordersStatus: z.array(z.object({ name: z.string(), recording: z.boolean() })),
});

/** Recorders of AWS Config, Region by Region, and whether they record now; without a recorder nobody asks for its status. */
export const configRecorders = defineCollector<ByRegion<readonly ConfigRecorder[]>, Regions>({
  id: 'config-recorders',
  operations: [list, status],
  async collect(aws, { regions }) {
    return inEach(aws, regions, list, async (reader, region) => {
      const { value, at } = await oneAnswer(reader, list, {}, Recorders);
      if (value.ConfigurationRecorders.length === 0) return { value: [], at };
      const recording = await recordingIn(reader, region);
      const recorders = value.ConfigurationRecorders.map(({ name, recordingGroup: group }) => ({
        name,
        recording: recording(name),
        allResourceTypes: group?.allSupported ?? false,
        globalResourceTypes: group?.includeGlobalResourceTypes ?? false,
      }));
      return { value: recorders, at };
    });
  },
});

/** Whether the recorder of a name records. */
async function recordingIn(reader: AwsReader, region: Region): Promise<(name: string) => Reading<boolean>> {
  const answer = await reading(region, status, async () => {
    const { value, at, source } = await oneAnswer(reader, status, {}, Statuses);
    return { value: { statuses: value.ConfigurationRecordersStatus, source }, at };
  });
  if (answer.kind === 'unknown') return () => answer;
  const { statuses, source: file } = answer.value;
  return (name) => {
    const found = statuses.find((it) => it.name === name);
    if (found !== undefined) return known(found.recording, answer.at);
    const problem = `no status of the recorder \`${name}\``;
    return unknown(
      { code: 'UNPARSABLE', file, place: 'ConfigurationRecordersStatus', problem },
      { region, operation: status },
    );
  };
}
