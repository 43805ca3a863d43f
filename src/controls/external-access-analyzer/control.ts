import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';
import { word } from '../shell.ts';
import { askedFor, fail, pass } from '../verdict.ts';

export const externalAccessAnalyzer = defineControl({
  id: 'external-access-analyzer',
  version: 1,
  severity: 'medium',
  title: 'Access from outside is analysed in every Region',
  method:
    'In each enabled Region, an active analyzer of external access (IAM Access Analyzer): one of the account, or one of the organisation in the management account or a delegated administrator.',
  frameworks: {
    'cis-aws-7.0.0': ['2.18'],
    'cis-aws-5.0.0': ['1.19'],
    'cis-aws-3.0.0': ['1.20'],
    'nist-800-53-r5': ['AC-3'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  operations: ['accessanalyzer:ListAnalyzers', 'organizations:ListDelegatedServicesForAccount'],
  over: regions,

  needs: (region, { facts }) => ({ analyzers: askedFor(facts.analyzers, region, 'accessanalyzer:ListAnalyzers') }),
  judge({ analyzers }) {
    const external = analyzers.filter(({ type }) => type === 'ACCOUNT' || type === 'ORGANIZATION');
    const active = external.filter(({ status }) => status === 'ACTIVE');
    if (active.length > 0) {
      const ofOrganization = active.filter(({ type }) => type === 'ORGANIZATION').map(({ arn }) => arn);
      return pass('an analyzer is active', { analyzers: active.map(({ arn }) => arn), ofOrganization });
    }
    return fail(external.length === 0 ? 'no analyzer of external access' : 'its analyzer is not active', {
      analyzers: external.map(({ arn }) => arn),
    });
  },
  remedy: (region) => ({
    text: 'Create an analyzer; one for the organisation in the delegated administrator sees every account',
    command: `aws accessanalyzer create-analyzer --region ${word(region)} --analyzer-name external --type ACCOUNT`,
  }),
});
