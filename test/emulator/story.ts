import type { ImageOrder } from './imageOrder';

/** A piece of a message. */
export type ContentItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly image: string };

/** The text that an interleaved call gets, with an image after each paragraph. */
export function tellStory({ prompt }: ImageOrder, urls: readonly string[]): ContentItem[] {
  const isChinese = /[\u4e00-\u9fff]/.test(prompt);
  const opening = isChinese ? `关于「${prompt}」的图文。\n` : `A story about: ${prompt}\n`;
  const pages = urls.flatMap((image, index): ContentItem[] => [
    {
      type: 'text',
      text: isChinese ? `第${index + 1}步：请看下图。\n` : `Step ${index + 1}: see below.\n`,
    },
    { type: 'image', image },
  ]);
  return [{ type: 'text', text: opening }, ...pages];
}

/** Characters of one delta. */
const deltaLength = 6;

/** The same, as it comes in a stream: text in small pieces, images whole. */
export function toDeltas(items: readonly ContentItem[]): ContentItem[] {
  return items.flatMap((item): ContentItem[] => {
    if (item.type === 'image') return [item];
    const pieces = item.text.match(new RegExp(`[^]{1,${deltaLength}}`, 'gu')) ?? [];
    return pieces.map((text) => ({ type: 'text', text }));
  });
}
