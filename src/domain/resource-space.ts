/** What an action can act on, as the Service Authorization Reference lists it. One object for all actions that act on the same. */
export interface ResourceSpace {
  /** ARN formats of its resource types: `arn:${Partition}:cloudtrail:${Region}:${Account}:trail/${TrailName}`. */
  readonly formats: readonly string[];
  /** Whether a request may name no resource: it is then decided on `*`. */
  readonly none: boolean;
}

/** Looks an action up; null where it is not listed, so that nothing is known of what it acts on. */
export type ResourceSpaceOf = (action: string) => ResourceSpace | null;
