const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A due point as people read it on a page: `1 Dec 2023` for a date, words as they are. Text forms keep what was written. */
export function dueWords(due: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(due) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? due : `${Number(day)} ${name} ${year}`;
}
