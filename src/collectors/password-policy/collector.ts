import { z } from 'zod';
import type { PasswordPolicy } from '../../domain/account-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';
import { noSuchEntity, orNone } from '../lists.ts';

const operation = 'iam:GetAccountPasswordPolicy';
const Answer = z.object({
  PasswordPolicy: z.object({
    MinimumPasswordLength: z.number().optional(),
    RequireSymbols: z.boolean().optional(),
    RequireNumbers: z.boolean().optional(),
    RequireUppercaseCharacters: z.boolean().optional(),
    RequireLowercaseCharacters: z.boolean().optional(),
    AllowUsersToChangePassword: z.boolean().optional(),
    MaxPasswordAge: z.number().optional(),
    PasswordReusePrevention: z.number().optional(),
    HardExpiry: z.boolean().optional(),
  }),
});

/** The account's password policy; an account that never set one has none, which is known. */
export const passwordPolicy = defineCollector<Reading<PasswordPolicy | null>>({
  id: 'password-policy',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, () =>
      orNone(noSuchEntity, null, async () => {
        const { value, at } = await oneAnswer(aws.in('global'), operation, {}, Answer);
        return { value: policyOf(value.PasswordPolicy), at };
      }),
    );
  },
});

const policyOf = (it: z.infer<typeof Answer>['PasswordPolicy']): PasswordPolicy => ({
  minimumLength: it.MinimumPasswordLength ?? null,
  requireSymbols: it.RequireSymbols ?? false,
  requireNumbers: it.RequireNumbers ?? false,
  requireUppercase: it.RequireUppercaseCharacters ?? false,
  requireLowercase: it.RequireLowercaseCharacters ?? false,
  usersMayChange: it.AllowUsersToChangePassword ?? false,
  maxAgeDays: it.MaxPasswordAge ?? null,
  reusePrevention: it.PasswordReusePrevention ?? null,
  hardExpiry: it.HardExpiry ?? false,
});
