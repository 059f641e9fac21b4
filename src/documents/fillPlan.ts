import type { ImageSize } from '../imageModel/imageModel';
import type { ImageLink } from './imageLink';
import { sizeHint } from './sizeHint';

/** Why an image is wanted; of a `field`, the front matter names it. */
export type FillReason = 'missing' | 'placeholder' | 'empty' | 'todo' | 'field';

/** A link that lacks its image. */
export interface LackingLink {
  readonly link: ImageLink;
  /** URI string of the file that it names; undefined where it names none yet. */
  readonly file: string | undefined;
  /** The file is there, but only holds the place of an image. */
  readonly isPlaceholder: boolean;
}

/** A document with the links that lack their images. */
export interface PlannedDocument {
  /** URI string. */
  readonly uri: string;
  readonly text: string;
  /** In the order of the text. */
  readonly lacking: readonly LackingLink[];
  /** What the image should show, as far as the text tells. */
  readonly promptOf: (link: ImageLink) => string;
}

/** A link in a document. */
export interface FillPlace {
  /** URI string. */
  readonly document: string;
  /** From 1. */
  readonly line: number;
  readonly link: ImageLink;
  /** The text of the link, by which it is found again. */
  readonly source: string;
}

/** The file that an image goes to. */
interface FillFile {
  /** URI string, as the link names it. */
  readonly uri: string;
  /** URI string of the folder. */
  readonly folder: string;
  /** Without extension. */
  readonly base: string;
  /** As the link has it. */
  readonly name: string;
}

/** One image that documents lack. */
export interface FillItem {
  readonly id: string;
  /** All that name the same file, in the order of the documents. */
  readonly places: readonly [FillPlace, ...FillPlace[]];
  /** Absent where nothing names a file yet. */
  readonly file?: FillFile;
  readonly reason: FillReason;
  readonly prompt: string;
  /** What a link says about the size. */
  readonly sizeHint?: ImageSize;
}

const imageExtension = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|heic|svg|ico)$/i;

/** The images that the documents lack, in the order in which they are wanted; each file once. */
export function planFill(documents: readonly PlannedDocument[]): readonly FillItem[] {
  const items = new Map<string, FillItem>();
  for (const { uri, text, lacking, promptOf } of documents) {
    const lineOf = lineCounter(text);
    for (const { link, file: fileUri, isPlaceholder } of lacking) {
      const source = text.slice(link.start, link.end);
      const place = { document: uri, line: lineOf(link.start), link, source };
      const file = fileUri === undefined ? undefined : fileOf(fileUri);
      const key = file?.uri ?? `${uri}#${link.start}`;
      const known = items.get(key);
      const hint = known?.sizeHint ?? sizeHint(source, link.target);
      items.set(key, {
        id: known?.id ?? `image-${items.size + 1}`,
        places: known ? [...known.places, place] : [place],
        reason: known?.reason ?? reasonOf(link, file, isPlaceholder),
        // A second link may say what the first one does not.
        prompt: known?.prompt || promptOf(link),
        ...(file && { file }),
        ...(hint && { sizeHint: hint }),
      });
    }
  }
  return [...items.values()];
}

/** For places that come in order, in time that grows with the text and not with its links. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    if (offset < at) {
      line = 1;
      at = 0;
    }
    for (;;) {
      const end = text.indexOf('\n', at);
      if (end < 0 || end >= offset) return line;
      line += 1;
      at = end + 1;
    }
  };
}

function fileOf(uri: string): FillFile | undefined {
  const slash = uri.lastIndexOf('/');
  const name = decodeURIComponent(uri.slice(slash + 1));
  const base = name.replace(imageExtension, '');
  return base === '' ? undefined : { uri, folder: uri.slice(0, slash), base, name };
}

function reasonOf(
  { kind }: ImageLink,
  file: FillFile | undefined,
  isPlaceholder: boolean,
): FillReason {
  if (isPlaceholder) return 'placeholder';
  if (kind === 'field') return 'field';
  if (kind === 'todo') return 'todo';
  return file ? 'missing' : 'empty';
}
