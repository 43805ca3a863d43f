import { defineControl } from '../define.ts';
import { delegableServices } from '../organization.ts';
import { word } from '../shell.ts';
import { fail, notMeasured, pass } from '../verdict.ts';

export const delegatedServiceAdministrators = defineControl({
  id: 'delegated-service-administrators',
  version: 1,
  severity: 'medium',
  title: 'Services that span the organisation run from another account than the management account',
  method:
    'Each service with trusted access that takes a delegated administrator: one account other than the management account must be registered for it.',
  frameworks: {
    'cis-aws-7.0.0': ['2.1.6'],
    'nist-800-53-r5': ['AC-5b'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.3'],
  },
  operations: [
    'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListDelegatedServicesForAccount',
  ],
  over: delegableServices,

  needs: (_, { shared, settings }) => ({
    management: shared.managementAccount,
    administrators: settings.delegatedAdministrators,
  }),
  judge({ management, administrators }, { service }) {
    const others = administrators.filter(({ account }) => account !== management);
    const known = others.filter(
      ({ services }) => services.kind === 'known' && services.value.some((it) => it.service === service),
    );
    if (known.length > 0)
      return pass('another account administers it', { accounts: known.map(({ account }) => account) });
    const hidden = others.find(({ services }) => services.kind === 'unknown')?.services;
    return hidden?.kind === 'unknown'
      ? notMeasured(hidden.gap)
      : fail('it is administered from the management account');
  },
  remedy: ({ service }) => ({
    text: 'Register an account of the security team as its administrator',
    command: `aws organizations register-delegated-administrator --service-principal ${word(service)} --account-id ACCOUNT`,
  }),
});
