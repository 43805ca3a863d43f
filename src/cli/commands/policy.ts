import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PolicyHolder } from '../../catalogue/reader-policy.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** Whose policy is printed: a holder of permissions, or `trust`, who may assume the reader role. */
export type Subject = PolicyHolder | 'trust';
/** As what it is printed. */
export type Format = 'json' | 'cloudformation' | 'terraform';

/** An account or one principal of it, as `--hub` names it. */
interface Hub {
  readonly account: string;
  readonly principal?: string;
  readonly partition?: string;
}

/** What `assay policy` can be told. */
export interface PolicyOptions {
  readonly for: Subject;
  readonly format: Format;
  readonly orgRole?: string;
  readonly rolePath?: string;
  readonly hub?: Hub;
  readonly externalId?: string;
  readonly organization?: string;
  readonly partition?: string;
}

const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'];

/** What a value must look like (IAM API reference: RoleName, path, ExternalId; Organizations API reference: OrganizationId). */
export const forms = {
  role: {
    pattern: /^[\w+=,.@-]{1,64}$/,
    want: 'a role name has 1 to 64 letters, digits and +=,.@-_ (its path: --role-path).',
  },
  path: { pattern: /^\/([\w+=,.@-]+\/)*$/, want: 'a path begins and ends with /, such as /audit/.' },
  externalId: { pattern: /^[\w+=,.@:/-]{2,1224}$/, want: 'an external ID has 2 to 1224 letters, digits and +=,.@:/-_' },
  organization: {
    pattern: /^o-[a-z0-9]{10,32}$/,
    want: 'an organisation id is o- and 10 to 32 lower-case letters and digits.',
  },
  account: { pattern: /^\d{12}$/, want: '' },
  principal: { pattern: /^(role|user)\/[\w+=,.@/*-]+$/, want: '' },
} as const;

/** `assay policy`: what to grant Assay, to read before it is granted. */
export function addPolicy(program: Command, io: Io, end: (code: ExitCode) => void): void {
  const formed = (form: keyof typeof forms) => (value: string) => {
    if (!forms[form].pattern.test(value)) throw new InvalidArgumentError(forms[form].want);
    return value;
  };
  program
    .command('policy')
    .summary('print the policies Assay needs, least privilege')
    .description(
      'Prints exactly what Assay needs, from the table of its calls (docs/permissions.md): `member`, the reader role of an account; `management`, whoever Assay runs as, in the management account or a delegated administrator’s; `hub`, the same principal, to assume the reader roles; `trust`, who may assume a reader role. As CloudFormation or Terraform a member is the whole role, management and hub are a managed policy to attach.',
    )
    .addOption(
      new Option('--for <holder>', 'whose policy').choices(['member', 'management', 'hub', 'trust']).default('member'),
    )
    .addOption(
      new Option('--format <format>', 'as what').choices(['json', 'cloudformation', 'terraform']).default('json'),
    )
    .option('--org-role <name>', 'name of the reader role (default: AssayReader)', formed('role'))
    .option('--role-path <path>', 'path of the reader role (default: /)', formed('path'))
    .option(
      '--hub <account|arn>',
      'the account Assay runs in, or the ARN of its role; * stands for any text in a role’s name',
      hubOption,
    )
    .option('--external-id <id>', 'what Assay must send to assume a reader role', formed('externalId'))
    .option('--organization <id>', 'hold policies and trust to this organisation (o-…)', formed('organization'))
    .addOption(
      new Option('--partition <partition>', 'partition of AWS (default: that of --hub, else aws)').choices(partitions),
    )
    .action(async (options: PolicyOptions) => {
      const { policy } = await import('../bodies/policy.ts');
      end(policy(options, io));
    });
}

function hubOption(value: string): Hub {
  if (forms.account.pattern.test(value)) return { account: value };
  const [, partition = '', account = '', principal = ''] = /^arn:([a-z-]+):iam::(\d{12}):(.+)$/.exec(value) ?? [];
  if (partitions.includes(partition) && principal === 'root') return { account, partition };
  if (partitions.includes(partition) && forms.principal.pattern.test(principal))
    return { account, principal, partition };
  throw new InvalidArgumentError(
    'give 12 digits, or the ARN of an IAM role or user such as arn:aws:iam::111122223333:role/Assay.',
  );
}
