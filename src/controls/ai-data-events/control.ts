import { cellOperations, cellsOf, judgeCells } from '../cells.ts';
import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';

export const aiDataEvents = defineControl({
  id: 'ai-data-events',
  version: 1,
  severity: 'medium',
  title: 'Data events of AI services are logged in every Region',
  method:
    'In each enabled Region, trails or event data stores that are logging now take every data event of all core classes of AI services. One class that is missing fails.',
  frameworks: {
    'nist-800-53-r5': ['AU-2b', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.1'],
    'iso-27001-2022': ['A.8.15', 'A.8.16'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-AI-06'],
  },
  operations: cellOperations,
  over: regions,

  needs: (region, subject) => ({ cells: cellsOf(subject.logging, region, (it) => it.core) }),
  judge: ({ cells }) => judgeCells(cells, 'core AI event classes'),
  remedy: () => ({
    text: 'Add the class to a trail of all Regions that logs now: the team report says what is missing where',
  }),
});
