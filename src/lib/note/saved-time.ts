const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const MINUTES = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** A time of day by the reader's clock, with the day when that is not today: lids stay closed for days. In `Date.now()`. */
export function savedTime(at: number, now: number, { seconds = false } = {}): string {
  const time = (seconds ? SECONDS : MINUTES).format(at);
  const day = DAY.format(at);
  return day === DAY.format(now) ? time : `${day}, ${time}`;
}
