import { posix } from 'node:path';
import { relativePath } from '../workspace/savePath';
import type { LinkFormat } from './linkFormats';

/** The parts of a URI that a link is made of; VS Code's Uri fits. */
interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** What a web site has at its root, and how a path from there starts; `Site` fits. */
interface SiteParts {
  readonly root: UriParts;
  readonly prefix: string;
}

/**
 * The path, not encoded, by which a document names an image: from the root of its site where the image is served from
 * there, relative where that can be, else absolute. `textBefore` is the document's text before the link. Without a
 * document file the path is absolute.
 */
export function linkTarget(
  format: LinkFormat,
  documentFile: UriParts | undefined,
  textBefore: string,
  image: UriParts,
  site?: SiteParts,
): string {
  const served = format.isWeb && site && pathInSite(site, image);
  if (served) return served;
  if (documentFile && isBeside(documentFile, image)) {
    const folder = posix.dirname(documentFile.path);
    const from = posix.resolve(folder, format.baseFolder?.(textBefore) ?? '.', 'document');
    const relative = relativePath(from, image.path);
    if (relative !== undefined) return relative;
  }
  if (format.absolute === 'url' || image.scheme !== 'file') {
    return `${image.scheme}://${image.authority}${image.path}`;
  }
  return image.authority === ''
    ? image.path.replace(/^\/(?=[a-z]:)/i, '')
    : `//${image.authority}${image.path}`;
}

/** The path of an image from the root of its site; undefined for one that is not served from there. */
export function pathInSite({ root, prefix }: SiteParts, image: UriParts): string | undefined {
  if (!isBeside(root, image)) return undefined;
  const path = relativePath(posix.join(root.path, 'page'), image.path);
  // What starts with an underscore or a dot is kept back by Jekyll, and is the tool's own elsewhere.
  if (path === undefined || /^(?:\.\.(?:\/|$)|[._])/.test(path)) return undefined;
  return prefix + path;
}

function isBeside(one: UriParts, other: UriParts): boolean {
  return one.scheme === other.scheme && one.authority === other.authority;
}
