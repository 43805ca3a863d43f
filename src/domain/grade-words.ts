/** How much of a guardrail is open: kinds of request (its probes), and how many of them get through. */
interface Through {
  readonly grade: string;
  readonly open: number;
  readonly probes: number;
}

/** `3 of 7 kinds of request get through`. Where every kind does and the grade is still partial, each is stopped under some conditions. */
export function throughWords({ grade, open, probes }: Through): string {
  if (open < probes) return `${open} of ${probes} kinds of request ${open === 1 ? 'gets' : 'get'} through`;
  const all = probes === 1 ? 'its one kind of request gets through' : `all ${probes} kinds of request get through`;
  return grade === 'partial' ? `${all}, but not under every condition` : all;
}
