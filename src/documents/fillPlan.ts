import type { ImageSize } from '../imageModel/imageModel';
import type { ImageLink } from './imageLink';
import { sizeHint } from './sizeHint';

/** Why an image is wanted; of a `field`, the front matter names it. */
export type FillReason = 'missing' | 'placeholder' | 'empty' | 'todo' | 'field';

/** A document with what is known of its links. */
export interface PlannedDocument {
  /** URI string. */
  readonly uri: string;
  readonly text: string;
  readonly links: readonly ImageLink[];
  /** URI string of the file that a link names; undefined for what is no file that Easel may make. */
  readonly fileOf: (link: ImageLink) => string | undefined;
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
}

/** The file that an image goes to. */
export interface FillFile {
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

/** The files beside the documents, by URI strings. */
export interface FillFiles {
  /** The names in a folder; empty where it is not there. */
  list(folder: string): Promise<ReadonlySet<string>>;
  exists(file: string): Promise<boolean>;
  /** Whether the file only holds the place of an image. */
  isPlaceholder(file: string): Promise<boolean>;
}

/** A link to a file, or one that still has none. */
interface Wanted extends FillPlace {
  readonly owner: PlannedDocument;
  readonly file: FillFile | undefined;
}

const imageExtension = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|heic|svg|ico)$/i;
/** TeX and others find a file without being told its extension. */
const extensionsFound = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'svg', 'pdf', 'eps'];

/** The images that the documents lack, in the order in which they are wanted; each file once. */
export async function planFill(
  documents: readonly PlannedDocument[],
  files: FillFiles,
): Promise<readonly FillItem[]> {
  const wanted = documents.flatMap(wantedIn);
  const reasons = await lackingFiles(wanted, files);
  const items = new Map<string, FillItem>();
  for (const { owner, file, ...place } of wanted) {
    const key = file?.uri ?? `${place.document}#${place.link.start}`;
    const known = items.get(key);
    const reason = file ? reasonOf(place.link, reasons.get(key)) : reasonWithoutFile(place.link);
    if (!reason) continue;
    if (known) {
      items.set(key, withPlace(known, place, owner));
      continue;
    }
    const hint = hintOf(place.link, owner);
    items.set(key, {
      id: `image-${items.size + 1}`,
      places: [place],
      reason,
      prompt: owner.promptOf(place.link),
      ...(file && { file }),
      ...(hint && { sizeHint: hint }),
    });
  }
  return [...items.values()];
}

/** A second link may say what the first one does not. */
function withPlace(item: FillItem, place: FillPlace, owner: PlannedDocument): FillItem {
  const hint = item.sizeHint ?? hintOf(place.link, owner);
  return {
    ...item,
    places: [...item.places, place],
    prompt: item.prompt || owner.promptOf(place.link),
    ...(hint && { sizeHint: hint }),
  };
}

function hintOf(link: ImageLink, { text }: PlannedDocument): ImageSize | undefined {
  return sizeHint(text.slice(link.start, link.end), link.target);
}

function wantedIn(owner: PlannedDocument): readonly Wanted[] {
  const lineOf = lineCounter(owner.text);
  return owner.links.flatMap((link): readonly Wanted[] => {
    const place = { document: owner.uri, line: lineOf(link.start), link, owner };
    if (link.kind === 'todo' || link.target === '') return [{ ...place, file: undefined }];
    const uri = owner.fileOf(link);
    const file = uri === undefined ? undefined : fileOf(uri);
    return file ? [{ ...place, file }] : [];
  });
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

/** Of each file that lacks its image, why: folder by folder, as asking for each file would take long. */
async function lackingFiles(
  wanted: readonly Wanted[],
  files: FillFiles,
): Promise<ReadonlyMap<string, 'missing' | 'placeholder'>> {
  const all = new Map(wanted.flatMap(({ file }) => (file ? [[file.uri, file] as const] : [])));
  const folders = [...new Set([...all.values()].map(({ folder }) => folder))];
  const names = new Map(
    await Promise.all(folders.map(async (each) => [each, await namesIn(each, files)] as const)),
  );
  const found = await Promise.all(
    [...all].map(async ([key, file]): Promise<readonly [string, 'missing' | 'placeholder'][]> => {
      const inFolder = names.get(file.folder);
      if (!inFolder || !(await isThere(file, inFolder, files))) return [[key, 'missing']];
      return (await files.isPlaceholder(key)) ? [[key, 'placeholder']] : [];
    }),
  );
  return new Map(found.flat());
}

interface FolderNames {
  readonly exact: ReadonlySet<string>;
  /** As file systems compare that know no difference between `A` and `a`. */
  readonly loose: ReadonlySet<string>;
}

async function namesIn(folder: string, files: FillFiles): Promise<FolderNames> {
  const exact = await files.list(folder);
  return { exact, loose: new Set([...exact].map(loosely)) };
}

async function isThere(file: FillFile, names: FolderNames, files: FillFiles): Promise<boolean> {
  const { name } = file;
  if (names.exact.has(name)) return true;
  // Whether it is the same file, the file system knows.
  if (names.loose.has(loosely(name)) && (await files.exists(file.uri))) return true;
  if (/\.[a-z\d]{1,5}$/i.test(name)) return false;
  return extensionsFound.some((extension) => names.exact.has(`${name}.${extension}`));
}

function loosely(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function reasonOf(
  { kind }: ImageLink,
  lacking: 'missing' | 'placeholder' | undefined,
): FillReason | undefined {
  return lacking === 'missing' && kind === 'field' ? 'field' : lacking;
}

function reasonWithoutFile({ kind }: ImageLink): FillReason {
  if (kind === 'todo') return 'todo';
  return kind === 'field' ? 'field' : 'empty';
}
