import { collecting } from '../collectors/define.ts';
import { accountAccess } from '../collectors/index.ts';
import { type Gap, Refusal } from '../domain/gap.ts';
import type { AwsReader, AwsReaders, Owner } from '../ports/aws-reader.ts';

/** Nothing waits: recorded and simulated answers do not get better by it. */
const noPause = async (): Promise<void> => {};

/**
 * Readers of an account that a role has to be assumed in, as a night enters it: where that was refused, this is why nothing of the account is
 * known, whatever is asked. `role`: its ARN, null where nothing has to be assumed.
 */
export async function entered(readers: AwsReaders, owner: Owner, role: string | null): Promise<AwsReaders> {
  if (owner === 'organization' || role === null) return readers;
  const access = await accountAccess.collect(collecting(readers, owner, noPause), { role, session: 'Assay' });
  return access.kind === 'known' ? readers : closed(access.gap);
}

/** Readers that give one reason for everything. */
export function closed(gap: Gap): AwsReaders {
  const reader: AwsReader = {
    call: () => Promise.reject(new Refusal(gap)),
    // biome-ignore lint/correctness/useYield: there is no page
    async *pages() {
      throw new Refusal(gap);
    },
  };
  return { for: () => reader, accounts: () => [] };
}
