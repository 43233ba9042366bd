const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/** 130 random bits in letters and digits: nobody guesses it, and no two are equal. */
export function randomName(random: (bytes: number) => Uint8Array): string {
  return Array.from(random(LENGTH), (byte) => DIGITS[byte % DIGITS.length]).join('');
}
