/** Names, and the initials by which some of them sign. */
export interface KnownPeople extends ReadonlyArray<string> {
  readonly initials?: ReadonlyMap<string, string>;
}

/** The names with the initials of those who have some. */
export function withInitials(
  names: readonly string[],
  signed: readonly { name: string; initials?: string | null }[],
): KnownPeople {
  const initials = new Map(signed.flatMap((one) => (one.initials ? [[one.name, one.initials] as const] : [])));
  return initials.size > 0 ? Object.assign([...names], { initials }) : names;
}
