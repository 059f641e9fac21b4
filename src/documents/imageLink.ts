/** A place in a text that names an image, or that wants one. Offsets are in UTF-16 units from the start of the text. */
export interface ImageLink {
  /**
   * `link` shows an image; `field` is a front matter entry, whose value is the path alone; `todo` is a comment that asks
   * for an image, and becomes a link.
   */
  readonly kind: 'link' | 'field' | 'todo';
  readonly start: number;
  readonly end: number;
  /**
   * Of what names the image, without quotes or brackets around it; empty where nothing stands there yet, and for a
   * `todo`. It lies outside the link where that refers to a definition or an import.
   */
  readonly targetStart: number;
  readonly targetEnd: number;
  /** The path or URL as a processor of the language reads it: nothing is escaped or encoded any more. */
  readonly target: string;
  /** As plain text; what a `todo` asks for. */
  readonly altText: string;
}
