import { z } from 'zod';
import { credentialServices } from '../../catalogue/credential-services.ts';
import type {
  AuthorizationDetails,
  CredentialReport,
  ServiceCredential,
  ServiceCredentials,
} from '../../domain/facts.ts';
import { isoDate } from '../../domain/iso-date.ts';
import type { Reading } from '../../domain/reading.ts';
import type { AwsReader, Input } from '../../ports/aws-reader.ts';
import { defineCollector, everyPage, reading } from '../define.ts';
import { noSuchEntity, orNone } from '../lists.ts';

const operation = 'iam:ListServiceSpecificCredentials';
const Page = z.object({
  ServiceSpecificCredentials: z.array(
    z.object({
      UserName: z.string(),
      ServiceName: z.string(),
      ServiceSpecificCredentialId: z.string(),
      Status: z.string(),
      CreateDate: z.string().optional(),
      ExpirationDate: z.string().optional(),
    }),
  ),
});

/** Who there is to ask about, where AWS refuses to list all users at once. */
export interface KnownUsers {
  readonly authorization: AuthorizationDetails;
  readonly report: Reading<CredentialReport>;
}

/**
 * Every service-specific credential of every user. One call per service lists all users; where that is refused, one call per user.
 * The credential report cannot see these credentials, so this is the only source of AI keys (domain facts E.3).
 */
export const serviceSpecificCredentials = defineCollector<ServiceCredentials, KnownUsers>({
  id: 'service-specific-credentials',
  operations: [operation],
  async collect(aws, known) {
    const reader = aws.in('global');
    const byService: Record<string, Reading<readonly ServiceCredential[]>> = {};
    for (const ServiceName of credentialServices)
      byService[ServiceName] = await list(reader, { AllUsers: true, ServiceName });
    if (Object.values(byService).every(({ kind }) => kind === 'known')) return { byService, byUser: byName() };
    const byUser = byName();
    for (const UserName of namesOf(known)) byUser[UserName] = await list(reader, { UserName });
    return { byService, byUser };
  },
});

/** A record without inherited names: a user may be called `__proto__` or `constructor`. */
const byName = (): Record<string, Reading<readonly ServiceCredential[]>> => Object.create(null);

/** None where the user is gone since users were read, or where AWS gives no such credentials for the service (in another partition). */
function list(reader: AwsReader, input: Input<typeof operation>): Promise<Reading<readonly ServiceCredential[]>> {
  return reading('global', operation, () =>
    orNone<readonly ServiceCredential[], readonly ServiceCredential[]>(noSuchEntity, [], async () => {
      const { value, at } = await everyPage(reader, operation, input, Page);
      return { value: value.flatMap((page) => page.ServiceSpecificCredentials).map(credentialOf), at };
    }),
  );
}

const credentialOf = (
  it: NonNullable<z.infer<typeof Page>['ServiceSpecificCredentials']>[number],
): ServiceCredential => ({
  user: it.UserName,
  service: it.ServiceName,
  id: it.ServiceSpecificCredentialId,
  status: it.Status,
  created: isoDate(it.CreateDate),
  expires: isoDate(it.ExpirationDate),
});

function namesOf({ authorization, report }: KnownUsers): string[] {
  if (authorization.users.kind === 'known') return authorization.users.value.map(({ name }) => name);
  return report.kind === 'known' ? [...new Set(report.value.users.map(({ user }) => user))] : [];
}
