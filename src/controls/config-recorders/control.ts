import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';
import { word } from '../shell.ts';
import { askedFor, fail, ifKnown, pass } from '../verdict.ts';

export const configRecorders = defineControl({
  id: 'config-recorders',
  version: 1,
  severity: 'medium',
  title: 'AWS Config records in every Region',
  method: 'In each enabled Region, a recorder of the customer that is recording and records all resource types.',
  frameworks: {
    'cis-aws-7.0.0': ['4.3'],
    'cis-aws-5.0.0': ['3.3'],
    'cis-aws-3.0.0': ['3.3'],
    'iso-27001-2022': ['A.8.9'],
    'soc-2': ['CC7.1'],
  },
  operations: ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'],
  over: regions,

  needs: (region, { facts }) => ({
    recorders: askedFor(facts.recorders, region, 'config:DescribeConfigurationRecorders'),
  }),
  judge({ recorders }) {
    if (recorders.length === 0) return fail('no recorder');
    const whole = recorders.filter(({ allResourceTypes }) => allResourceTypes);
    if (whole.length === 0)
      return fail('no recorder records all resource types', { recorders: recorders.map(({ name }) => name) });
    const each = whole.map(({ name, recording }) =>
      ifKnown(recording, (on) =>
        on ? pass('a recorder records all resource types', { name }) : fail('its recorder is stopped', { name }),
      ),
    );
    return (
      each.find(({ status }) => status === 'pass') ??
      each.find(({ status }) => status === 'not-measured') ??
      each[0] ??
      fail('no recorder')
    );
  },
  remedy: (region) => ({
    text: 'Set up a recorder for all resource types and start it',
    command: `aws configservice start-configuration-recorder --region ${word(region)} --configuration-recorder-name default`,
  }),
});
