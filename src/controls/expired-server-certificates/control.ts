import { hasExpired } from '../../domain/window.ts';
import { defineControl } from '../define.ts';
import { serverCertificates } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, notMeasured, pass } from '../verdict.ts';

export const expiredServerCertificates = defineControl({
  id: 'expired-server-certificates',
  version: 1,
  severity: 'low',
  title: 'No expired TLS certificate is left in IAM',
  method: 'Each TLS certificate that IAM keeps, by its expiry.',
  frameworks: {
    'cis-aws-7.0.0': ['2.17'],
    'cis-aws-5.0.0': ['1.18'],
    'cis-aws-3.0.0': ['1.19'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:ListServerCertificates'],
  over: serverCertificates,

  needs: () => ({}),
  judge(_, { name, expires }, { clock }) {
    if (expires === null) return notMeasured({ code: 'NO_DATE', what: `the expiry of the certificate ${name}` });
    return hasExpired(expires, clock)
      ? fail(`it expired ${expires}`, { expires })
      : pass(`it expires ${expires}`, { expires });
  },
  remedy: ({ name }) => ({
    text: 'Delete it; keep certificates in Certificate Manager, which renews them',
    command: `aws iam delete-server-certificate --server-certificate-name ${word(name)}`,
  }),
});
