/**
 * For answers that may overtake each other on their way. Call what it gives when a question goes out; what that gives says, once
 * the answer is here, whether it counts: not when the answer to a later question was taken before.
 */
export function askedLast(): () => () => boolean {
  let [asked, taken] = [0, 0];
  return () => {
    const turn = ++asked;
    return () => {
      const counts = turn > taken;
      if (counts) taken = turn;
      return counts;
    };
  };
}
