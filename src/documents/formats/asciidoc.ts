import { characterReference, percentEncode, urlPath } from './url';

/** Spaces inside stay: Asciidoctor encodes them for the Web, and looks for them in a file when it makes a PDF. */
export function asciidocTarget(path: string): string {
  return percentEncode(urlPath(path), /[[\]&]|^ | $/g);
}

/**
 * The last `:imagesdir:` entry, which Asciidoctor puts before every target; a URL or a site's root helps no editor.
 * @param base where the text has none
 */
export function asciidocImagesDirectory(text: string, base?: string): string | undefined {
  const entries = [...text.matchAll(/^:imagesdir:[ \t]+(.*)$/gm)];
  const folder = entries.at(-1)?.[1]?.trim();
  if (folder === undefined) return base;
  return folder !== '' && !/^\/|:|\{/.test(folder) ? folder : undefined;
}

/** Character references are what Asciidoctor leaves alone in an alternative text: it would make `...` an ellipsis. */
export function asciidocAttribute(text: string): string {
  const safe = text
    .replace(/&(?=#?\w+;)/g, characterReference)
    .replace(/[{\\|"]/g, characterReference)
    .replace(
      /\((?=(?:C|R|TM)\))|-(?=[->])|\.(?=\.\.)|=(?=>)|<(?=[-=])|`(?=')/g,
      characterReference,
    );
  return /^$|[,='\]]|^\s|\s$/.test(safe) ? `"${safe}"` : safe;
}
