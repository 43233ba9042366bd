/** Caret colours in the order they are handed out, with the text colour of the name tag. Contrast on both sheets: 3.2:1 and 4.6:1 or more. */
export const CARET_COLOURS: readonly { colour: string; on: string }[] = [
  { colour: '#2b62ef', on: '#ffffff' },
  { colour: '#ff4f17', on: '#0b0d10' },
  { colour: '#137f1f', on: '#ffffff' },
  { colour: '#fc4a93', on: '#0b0d10' },
  { colour: '#0e7699', on: '#ffffff' },
  { colour: '#ad620c', on: '#ffffff' },
  { colour: '#b766fd', on: '#0b0d10' },
  { colour: '#7d9752', on: '#0b0d10' },
  { colour: '#c2455e', on: '#ffffff' },
  { colour: '#3e98bc', on: '#0b0d10' },
  { colour: '#7574cb', on: '#0b0d10' },
  { colour: '#9c7b8f', on: '#0b0d10' },
];
