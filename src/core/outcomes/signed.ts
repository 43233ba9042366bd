/** Names, and what was settled for some of them to sign with, as `signsOf` reads it. */
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

/** What somebody signs with: the initials and nicknames that were settled for them, with commas between. */
export function signsOf(settled: string | null | undefined): string[] {
  return (settled ?? '').split(/[,;]/).flatMap((sign) => (sign.trim() === '' ? [] : [sign.trim()]));
}
