import { expect, test } from 'vitest';
import { imageAddress, imageAt, imageFile } from './images.ts';

const FILE = '0123456789abcdefghijklmnop-1280x720.webp';

test('WR13: the size of an image is in its name', () => {
  expect(imageFile(FILE)).toEqual({ file: FILE, width: 1280, height: 720 });
});

test.each(
  [
    ...[
      '',
      'x.png',
      `${FILE}.exe`,
      `../${FILE}`,
      ` ${FILE}`,
      `${FILE}\n`,
      FILE.replace('1280', '0'),
      FILE.toUpperCase(),
    ],
    ...[
      FILE.replace('webp', 'svg'),
      FILE.replace('1280', '128000'),
      FILE.replace('0123', '012'),
      `${FILE}" onerror="x`,
    ],
    ...[null, undefined, 7, [FILE], { file: FILE }],
  ].map((value) => [value]),
)('WR13: %j is no image of ours', (value) => {
  expect(imageFile(value)).toBeNull();
});

test('WR13: an address leads to an image of ours without an origin or with the right one', () => {
  const image = { file: FILE, width: 1280, height: 720 };
  expect(imageAddress(image)).toBe(`/files/${FILE}`);
  expect(imageAt(`/files/${FILE}`)).toEqual(image);
  expect(imageAt(`https://a.b/files/${FILE}`, 'https://a.b')).toEqual(image);
  expect(imageAt(imageAddress(image, 'https://a.b'), 'https://a.b')).toEqual(image);
  for (const other of [
    `https://a.b/files/${FILE}`,
    `//a.b/files/${FILE}`,
    `/files/x/${FILE}`,
    `/files/${FILE}?x`,
    FILE,
    null,
  ])
    expect(imageAt(other, 'https://a')).toBeNull();
});
