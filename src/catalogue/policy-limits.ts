/** What Organizations takes of service control policies (Organizations user guide, "Quotas and service limits"; domain facts C.1). */
export const scpLimits = {
  /** Characters of one document, without the blanks that JSON does not need. */
  characters: 10_240,
  /** Policies attached to one root, OU or account, FullAWSAccess among them. */
  perTarget: 10,
  perOrganization: 10_000,
} as const;
