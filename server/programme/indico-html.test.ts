import { expect, test } from 'vitest';
import { readBlocks } from './blocks.ts';
import { readHtml } from './indico-html.ts';

const read = (html: string) => readHtml(html, 'description');
const paragraphs = (html: string) => read(html).map((block) => (block.kind === 'paragraph' ? block.text : block.items));

test('EV14: text and list structure are taken', () => {
  expect(
    paragraphs('<p>One <b>bold</b>&amp;<br>two</p><ul><li>A<ul><li>B</li></ul></li><li><p>C</p></li></ul>three'),
  ).toEqual([
    'One bold&',
    'two',
    [
      { text: 'A', children: [{ text: 'B', children: [] }] },
      { text: 'C', children: [] },
    ],
    'three',
  ]);
});

test.each([
  ['<script>alert(1)</script>text', ['text']],
  ['<img src=x onerror=alert(1)>text', ['text']],
  ['<a href="javascript:alert(1)">text</a>', ['text']],
  ['<style>p{}</style><svg><text>x</text></svg><iframe srcdoc="<p>x">y</iframe>text', ['text']],
  ['<template><p>x</p></template>text', ['text']],
  ['te\u202ext\u0000', ['text']],
  ['<p>unclosed <b>text', ['unclosed text']],
])('EV14: of %s only text is left', (html, expected) => {
  expect(paragraphs(html)).toEqual(expected);
});

test('EV14: what looks like markup in text stays text', () => {
  expect(paragraphs('&lt;script&gt;')).toEqual(['<script>']);
});

test('EV14: a nested list beside its item belongs to it', () => {
  expect(read('<ul><li>A</li><ul><li>B</li></ul></ul>')).toEqual([
    { kind: 'list', items: [{ text: 'A', children: [{ text: 'B', children: [] }] }] },
  ]);
});

test('EV14: topics, key attendees and gaps are read as in a page text', () => {
  const html =
    '<p>Features such as:</p><p>Topics:</p><ul><li>PCI</li><li>VFIO<ul><li>A</li></ul></li></ul><p>Key Attendees:</p><ul><li>Ann Lee</li></ul>';
  expect(readBlocks(read(html))).toEqual({
    description: [
      { kind: 'text', text: 'Features such as:' },
      { kind: 'gap', text: 'list missing in source' },
      { kind: 'text', text: 'Topics:' },
    ],
    topics: [
      { title: 'PCI', children: [], gap: 'list missing in source' },
      { title: 'VFIO', children: [{ title: 'A', children: [], gap: null }], gap: null },
    ],
    keyAttendees: [{ name: 'Ann Lee', affiliation: null }],
  });
});

test.each([
  ['long', 'x'.repeat(100_001)],
  ['deep', '<div>'.repeat(5000)],
  ['deep in lists', '<ul><li>'.repeat(5000)],
])('EV11: HTML that is too %s is refused with its place', (_, html) => {
  expect(() => read(html)).toThrow(expect.objectContaining({ kind: 'input', field: 'description' }));
});
