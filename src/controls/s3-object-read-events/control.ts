import { cellOperations, cellsOf, judgeCells } from '../cells.ts';
import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';

export const s3ObjectReadEvents = defineControl({
  id: 's3-object-read-events',
  version: 1,
  severity: 'medium',
  title: 'Reads of objects are logged in every Region',
  method:
    'In each enabled Region, a trail or event data store that is logging now takes the data events of S3 objects that read something.',
  frameworks: {
    'cis-aws-7.0.0': ['4.9'],
    'cis-aws-5.0.0': ['3.9'],
    'cis-aws-3.0.0': ['3.9'],
    'nist-800-53-r5': ['AU-2b', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.1.1', '10.2.1.3'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
  },
  operations: cellOperations,
  over: regions,

  needs: (region, subject) => ({
    cells: cellsOf(subject.objectLogging, region, (it) => it.eventClass.endsWith('#reads')),
  }),
  judge: ({ cells }) => judgeCells(cells, 'reads of S3 objects'),
  remedy: () => ({
    text: 'Add the class to a trail of all Regions that logs now: the team report says what is missing where',
  }),
});
