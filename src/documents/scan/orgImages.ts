import type { ImageLink } from '../imageLink';
import { hasScheme } from './decode';
import { type Line, linesFrom, longest, oneLine, type TextRange } from './scanner';
import { requestOnLine } from './todoComments';

const image = /\[\[((?:[^\][\\\n]|\\.)*)\](?:\[\])?\]/g;
const imageFile = /\.(?:png|jpe?g|webp|gif|svg|avif|bmp|tiff?)$/i;
const blockMark = /^[ \t]*#\+(begin|end)_(src|example|comment|export)\b/i;
const attributeLine =
  /^[ \t]*#\+(?:attr_html:.*?:alt[ \t]+(.*?)(?=[ \t]+:\w|[ \t]*$)|caption(?:\[.*?\])?:[ \t]*(.*))/i;

/** Org: links to image files without a description, which are what is shown. */
export function orgImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  let block: string | undefined;
  let altText = '';
  for (const line of linesFrom(text)) {
    const lineText = text.slice(line.start, Math.min(line.end, line.start + longest));
    if (lineText.trimStart().startsWith('#')) {
      const mark = blockMark.exec(lineText);
      if (mark && block === undefined && mark[1]?.toLowerCase() === 'begin') block = mark[2];
      else if (mark && mark[2]?.toLowerCase() === block?.toLowerCase()) block = undefined;
      if (block !== undefined) continue;
      const attribute = attributeLine.exec(lineText);
      altText = attribute?.[1] ?? (altText || attribute?.[2] || '');
      const asked = attribute ? undefined : requestOnLine(text, line, '#');
      if (asked) links.push(asked);
      continue;
    }
    if (block !== undefined) continue;
    if (lineText.includes('[[')) imagesOnLine(lineText, line, oneLine(altText), links);
    altText = '';
  }
  return links;
}

function imagesOnLine(lineText: string, line: Line, altText: string, links: ImageLink[]): void {
  for (const { 0: all, 1: raw = '', index } of lineText.matchAll(image)) {
    const prefix = /^(?:file|attachment):(?:\/\/)?/.exec(raw)?.[0] ?? '';
    const path = raw.slice(prefix.length).replace(/::.*$/, '');
    const target = path.replace(/\\([\][\\])/g, '$1');
    const isPath = prefix !== '' || (/^(?:\.{0,2}\/|~\/)/.test(target) && !hasScheme(target));
    if (path !== '' && !(isPath && imageFile.test(target))) continue;
    const start = line.start + index;
    const targetStart = start + 2 + prefix.length;
    links.push({
      ...{ kind: 'link', start, end: start + all.length, altText },
      ...{ targetStart, targetEnd: targetStart + path.length, target: target },
    });
  }
}
