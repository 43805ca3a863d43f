/** What Organizations takes of service control policies (Organizations user guide, "Quotas and service limits"; domain facts C.1). */
export const scpLimits = {
  /** Characters of one document, without the blanks that JSON does not need. */
  characters: 10_240,
  /** Policies attached to one root, OU or account, FullAWSAccess among them. */
  perTarget: 10,
  perOrganization: 10_000,
} as const;

/** What it took of them before 2026, and what pages in other languages and AWS's China Regions still state: an SCP within these is taken everywhere. */
export const formerScpLimits = { characters: 5_120, perTarget: 5 } as const;
