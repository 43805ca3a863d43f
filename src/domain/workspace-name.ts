/** A workspace of Claude Platform as a text names it: by its ARN, or by its id alone (domain facts A.1). */
export interface WorkspaceName {
  readonly id: string;
  /** Null: the id alone does not tell. */
  readonly partition: string | null;
  readonly region: string | null;
  readonly owner: string | null;
}

const arn = /^arn:(aws[a-z-]*):aws-external-anthropic:([a-z0-9-]+):(\d{12}):workspace\/([A-Za-z0-9_-]+)$/;
const tagged = /^wrkspc_[A-Za-z0-9]+$/;

/** The workspace that a text names, and nothing besides; null where it names none. */
export function workspaceNamed(text: string): WorkspaceName | null {
  const [, partition = null, region = null, owner = null, id] = arn.exec(text) ?? [];
  if (id !== undefined) return { id, partition, region, owner };
  return tagged.test(text) ? { id: text, partition: null, region: null, owner: null } : null;
}
