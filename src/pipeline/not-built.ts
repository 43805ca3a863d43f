import type { NightSummary } from '../domain/summary.ts';

/** Figures of the design that this version does not compute: absent from the JSON, named in every report. */
export const untilNow: NightSummary['notBuilt'] = [
  {
    id: 'permission.unused-sensitive-identity-rate',
    what: 'sensitive permissions held and not used, on effective permissions',
  },
  { id: 'permission.unused-sensitive-pair-rate', what: 'the same, counted by identity and permission' },
  { id: 'guardrail.coverage', what: 'guardrails proven by evaluating the service control policies' },
  { id: 'findings', what: 'controls of CIS, NIST, PCI DSS, ISO 27001 and SOC 2' },
];
