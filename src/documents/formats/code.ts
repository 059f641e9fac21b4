import type { CommentSyntax } from './commentSyntaxes';
import { blockComment, commentLine, lineComment } from './comments';

/** A comment of one line; a text that is no comment's where the language has none. */
export function codeComment({ line, block }: CommentSyntax, text: string): string {
  if (line) return lineComment(line, text);
  return block ? blockComment(block[0], block[1], text) : `[${commentLine(text)}]`;
}

/** What stands in a comment of code for an image that no compiler shows. */
export function codeImage(path: string, altText: string): string {
  return `image: ${path}${altText === '' ? '' : ` – ${altText}`}`;
}
