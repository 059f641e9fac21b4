import { posix } from 'node:path';
import fc from 'fast-check';

const pieces = [
  ...'ab Z0()[]{}<>|\\_$%#&~^*!?\'"`,;:=+-.@/',
  ...[
    '狐狸',
    '🦊',
    'قطة',
    'ไทย',
    '\u200f',
    ']]',
    '--',
    ' --- ',
    '::',
    '...',
    '->',
    '=>',
    '<-',
    '<=',
  ],
  ...[
    '(C)',
    '(TM)',
    '&copy;',
    '&#65;',
    '&amp',
    '{name}',
    '{{x}}',
    '{counter:a}',
    '\\"',
    "`'",
    '  ',
  ],
  ...['image::', 'alt=', '*x*', '_y_', '$z$', '~~s~~', 'https://x.example', 'www.x.com', 'a@b.de'],
  ...['%20', '![a](b)', '<b>', '-->', '"]', ':alt: x', '<?php', '//'],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));

/** Alternative texts of one line, with everything in them that some language reads as markup. */
export const awkwardAltText = text.map((value) => value.replace(/\s+/g, ' ').trim());

/** Relative paths of images in folders that a person, not Easel, has named. */
export const awkwardPath = text.map(
  (value) => `${value.replace(/\/+/g, '/').replace(/^\//, '') || 'a'}.png`,
);

/** The path that a URL of a link stands for; `./` only keeps a colon from being a scheme. */
export function decodedPath(url: string): string {
  return posix.normalize(decodeURIComponent(url));
}

/** The path as {@link decodedPath} gives it back. */
export function plainPath(path: string): string {
  return posix.normalize(path);
}
