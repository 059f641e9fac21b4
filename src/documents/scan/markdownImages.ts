import type { ImageLink } from '../imageLink';
import { frontMatterEnd } from './frontMatter';
import { importsOf } from './htmlImages';
import { MarkdownBlocks } from './markdownBlocks';
import { type InlineImage, type InlineOptions, inlineImages, inlineLink } from './markdownInline';
import { type Definitions, definitionAt } from './markdownReferences';
import { lineEndAt, lineStartAt, NextOf, type TextRange, touches } from './scanner';
import { requestInHtmlComment, requestsIn } from './todoComments';

/** Markdown as CommonMark and GitHub read it, and the HTML in it. */
export function markdownImages(text: string, range: TextRange | undefined): ImageLink[] {
  return scan(text, range, { tags: 'html' });
}

/** MDX: no indented code, and components instead of HTML. */
export function mdxImages(text: string, range: TextRange | undefined): ImageLink[] {
  const links = scan(text, range, { tags: 'script', imported: importsOf(text) });
  links.push(...requestsIn(text, (open) => open === '{/*'));
  return links.sort((one, other) => one.start - other.start);
}

function scan(text: string, wanted: TextRange | undefined, options: InlineOptions): ImageLink[] {
  // Who asks at a definition means the images that refer to it, wherever they are.
  const range = wanted && asksAtDefinition(text, wanted) ? undefined : wanted;
  const definitions: Definitions = new Map();
  const found: InlineImage[] = [];
  let isWaiting = false;
  const images = new NextOf(text, '![');
  const tags = new NextOf(text, '<');
  const blocks = new MarkdownBlocks(text, options.tags === 'html');
  for (const block of blocks.from(frontMatterEnd(text))) {
    const isBehind = range !== undefined && block.start > range.end;
    if (isBehind && !isWaiting) break;
    if (block.kind === 'comment') {
      const asked = requestInHtmlComment(text, block.start, block.end);
      if (asked) found.push({ ...block, link: asked, text: block });
      continue;
    }
    if (text[block.start] === '[') definitionAt(text, block, definitions);
    if (isBehind || (range && !touches(block, range))) continue;
    // Most blocks have neither.
    if (Math.min(images.from(block.start), tags.from(block.start)) >= block.end) continue;
    for (const image of inlineImages(text, block, options)) {
      found.push(image);
      isWaiting ||= image.label !== undefined;
    }
  }
  return found.flatMap((image) => inlineLink(text, image, definitions) ?? []);
}

function asksAtDefinition(text: string, range: TextRange): boolean {
  const lines = text.slice(lineStartAt(text, range.start), lineEndAt(text, range.end));
  return /^[ >]*\[[^\]\n]+\]:/m.test(lines);
}
