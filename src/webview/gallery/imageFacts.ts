import { formatSize } from '../../imageModel/imageSize';
import type { ImageDetails } from '../../shared/galleryProtocol';
import type { GalleryStrings } from '../../shared/galleryStrings';
import { h, icon } from '../dom';
import { formatElapsed } from '../text';

/** What is known of an image as texts: its prompts, then a list of facts; what is not known is left out. */
export function imageFacts(
  details: ImageDetails,
  strings: GalleryStrings,
  language: string,
): readonly HTMLElement[] {
  const { prompt, sentPrompt, actualPrompt, negativePrompt } = details;
  const isOther = (text: string | undefined): boolean => text !== undefined && text !== prompt;
  const texts = [
    { label: strings.prompt, text: prompt },
    { label: strings.sentPrompt, text: isOther(sentPrompt) ? sentPrompt : undefined },
    {
      label: strings.actualPrompt,
      text: isOther(actualPrompt) && actualPrompt !== sentPrompt ? actualPrompt : undefined,
    },
    { label: strings.negativePrompt, text: negativePrompt },
  ];
  const facts: readonly (readonly [label: string, value: string | HTMLElement | undefined])[] = [
    [strings.model, details.modelLabel],
    [strings.requestedSize, details.requestedSize || undefined],
    [strings.size, sizeOf(details, strings)],
    [strings.seed, details.seed === undefined ? undefined : String(details.seed)],
    ...details.parameters.map(({ label, value }) => [label, value] as const),
    [strings.cost, details.costText],
    [
      strings.took,
      details.tookMs === undefined ? undefined : formatElapsed(details.tookMs, strings, language),
    ],
    [strings.date, dateOf(details.startedAt, language)],
    [strings.file, h('bdi', { class: 'path' }, details.path)],
    [strings.requestId, details.requestId && h('span', { class: 'code' }, details.requestId)],
  ];
  return [
    ...texts.flatMap(({ label, text }) => (text ? [textBlock(label, text)] : [])),
    h(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([label, value]) =>
        value ? [h('dt', {}, label), h('dd', { dir: 'auto' }, value)] : [],
      ),
    ),
  ];
}

function textBlock(label: string, text: string): HTMLElement {
  return h(
    'div',
    { class: 'fact-text' },
    h('h3', {}, label),
    // Long ones scroll, so the keyboard has to get there.
    h('p', { tabindex: 0, role: 'group', 'aria-label': label, dir: 'auto' }, text),
  );
}

function sizeOf({ size, requestedSize }: ImageDetails, strings: GalleryStrings): HTMLElement {
  const text = formatSize(size);
  const isOther = requestedSize.includes('×') && requestedSize !== text;
  if (!isOther) return h('span', {}, text);
  return h(
    'span',
    { class: 'differs', title: strings.sizeDiffers },
    text,
    icon('warning'),
    h('span', { class: 'visually-hidden' }, strings.sizeDiffers),
  );
}

function dateOf(time: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    time,
  );
}
