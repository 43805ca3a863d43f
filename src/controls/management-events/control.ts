import { cellOperations, cellsOf, judgeCells } from '../cells.ts';
import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';

export const managementEvents = defineControl({
  id: 'management-events',
  version: 1,
  severity: 'high',
  title: 'Management events are logged in every Region',
  method:
    'In each enabled Region, a trail or event data store that is logging now takes every management event, reads and writes.',
  frameworks: {
    'cis-aws-7.0.0': ['4.1'],
    'cis-aws-5.0.0': ['3.1'],
    'cis-aws-3.0.0': ['3.1'],
    'nist-800-53-r5': ['AC-2(4)', 'AC-6(9)', 'AU-2b', 'AU-3', 'AU-10', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.1', '10.2.1.2', '10.2.1.4', '10.2.1.5', '10.2.1.6', '10.2.1.7', '10.2.2'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-DETECT-01'],
  },
  operations: cellOperations,
  over: regions,

  needs: (region, subject) => ({ cells: cellsOf(subject.logging, region, (it) => it.eventClass === 'management') }),
  judge: ({ cells }) => judgeCells(cells, 'management events'),
  remedy: () => ({
    text: 'Add the class to a trail of all Regions that logs now: the team report says what is missing where',
  }),
});
