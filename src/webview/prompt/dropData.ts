import { imagesMediaType } from '../../shared/imagesMediaType';

/** Of VS Code: lists of addresses, a line each or as JSON. */
const editorLists = ['application/vnd.code.uri-list', 'resourceurls'] as const;

/** What was dropped, as far as it can become input images. */
export type Dropped =
  | { readonly kind: 'images'; readonly imageIds: readonly string[] }
  | { readonly kind: 'uris'; readonly uris: readonly string[] }
  | { readonly kind: 'files'; readonly files: readonly File[] };

/** As many as one message takes. */
const maxDropped = 30;

/** The part of a DataTransfer that counts. */
interface DropData {
  readonly types: readonly string[];
  readonly files: Iterable<File>;
  getData(type: string): string;
}

/** Whether something is dragged that can be dropped here; while it is dragged, only its types are known. */
export function isDroppable({ types }: Pick<DropData, 'types'>): boolean {
  const wanted = [imagesMediaType, ...editorLists, 'Files', 'text/uri-list'];
  return types.some((type) => wanted.includes(type));
}

/** What was dropped; undefined for what is of no use, such as an address of the web. */
export function readDropped(data: DropData): Dropped | undefined {
  const imageIds = idsIn(data.getData(imagesMediaType));
  if (imageIds.length > 0) return { kind: 'images', imageIds };
  const listed = editorLists.flatMap((type) => addressesIn(data.getData(type)));
  if (listed.length > 0) return { kind: 'uris', uris: unique(listed) };
  const files = [...data.files].slice(0, maxDropped);
  if (files.length > 0) return { kind: 'files', files };
  const uris = unique(addressesIn(data.getData('text/uri-list')));
  return uris.length > 0 ? { kind: 'uris', uris } : undefined;
}

function idsIn(text: string): readonly string[] {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || !('imageIds' in value)) return [];
  return texts(value.imageIds).slice(0, maxDropped);
}

/** A line each, where `#` begins a comment; or a list as JSON. */
function addressesIn(text: string): readonly string[] {
  const listed = text.trimStart().startsWith('[') ? texts(parse(text)) : text.split(/\r?\n/);
  return listed
    .map((line) => line.trim())
    .filter((line) => /^[a-z][a-z\d+.-]*:/i.test(line) && !/^https?:/i.test(line))
    .filter((line) => line.length <= 4000);
}

function unique(uris: readonly string[]): readonly string[] {
  return [...new Set(uris)].slice(0, maxDropped);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
