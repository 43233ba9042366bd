/** A token that somebody typed. `acked`: they were told that it is safe; null where nobody is ever told. */
export interface Typed {
  token: string;
  phase: string;
  acked: boolean | null;
}

export interface Tally {
  typed: number;
  /** null: this client has no acknowledgements. */
  acked: number | null;
  lost: number;
  /** Of `lost`, those that somebody was told are safe. */
  lostAfterAck: number | null;
  doubled: number;
}

const NOTHING: Tally = { typed: 0, acked: 0, lost: 0, lostAfterAck: 0, doubled: 0 };

/** DR2: compares what people know they typed with the text a newcomer was given. */
export function tally(typed: readonly Typed[], text: string): Tally {
  const times = new Map<string, number>();
  for (const [token] of text.matchAll(/⟨[^⟩]*⟩/g)) times.set(token, (times.get(token) ?? 0) + 1);
  return typed.map(({ token, acked }) => one(acked, times.get(token) ?? 0)).reduce(add, NOTHING);
}

export function add(a: Tally, b: Tally): Tally {
  return {
    typed: a.typed + b.typed,
    acked: sum(a.acked, b.acked),
    lost: a.lost + b.lost,
    lostAfterAck: sum(a.lostAfterAck, b.lostAfterAck),
    doubled: a.doubled + b.doubled,
  };
}

function one(acked: boolean | null, times: number): Tally {
  const lost = times === 0 ? 1 : 0;
  const ofAcked = (count: number): number | null => (acked === null ? null : acked ? count : 0);
  return { typed: 1, acked: ofAcked(1), lost, lostAfterAck: ofAcked(lost), doubled: times > 1 ? 1 : 0 };
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
