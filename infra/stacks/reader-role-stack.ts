import { Aws, BootstraplessSynthesizer, CfnParameter, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Policy, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { readerPolicy, trustConditions } from '../../src/catalogue/reader-policy.ts';
import { acknowledgeWildcard } from '../acknowledge.ts';

export interface ReaderRoleStackProps {
  /** Name of the role that Assay assumes. */
  readonly readerRole: string;
  /** Name of the stack Assay itself lives in: its functions' roles begin with it. */
  readonly assayStack: string;
}

/** The role in each member account, to be rolled out as a StackSet: it reads what the operation table names, and only Assay may assume it. */
export class ReaderRoleStack extends Stack {
  constructor(scope: Construct, id: string, { readerRole, assayStack }: ReaderRoleStackProps) {
    // A member account need not be bootstrapped: the template holds everything.
    super(scope, id, { synthesizer: new BootstraplessSynthesizer() });
    const management = new CfnParameter(this, 'AssayAccount', {
      description: 'The account Assay runs in',
      allowedPattern: '^\\d{12}$',
    }).valueAsString;
    const role = new Role(this, 'Role', {
      roleName: readerRole,
      description: 'Assay reads identities, credentials and trails of this account',
      assumedBy: new AccountPrincipal(management).withConditions(
        trustConditions({
          partition: Aws.PARTITION,
          hub: { account: management, principal: `role/${assayStack}-*` },
        }),
      ),
    });
    const document = readerPolicy('member', { partition: Aws.PARTITION, readerRole: { name: readerRole } });
    const policy = new Policy(this, 'Policy', { roles: [role], document: PolicyDocument.fromJson(document) });
    const reason = 'Assay reads all of a kind, under names not known at deployment; other reads know no resources';
    for (const resource of document.Statement.flatMap(({ Resource = [] }) => Resource))
      acknowledgeWildcard(policy, resource, reason);
  }
}
