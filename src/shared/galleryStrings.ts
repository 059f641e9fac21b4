import type { GalleryShape, GalleryTime } from './galleryProtocol';

/** Every text of the gallery and of the details. */
export interface GalleryStrings {
  readonly title: string;
  /** Also in the place of an empty text. */
  readonly search: string;
  readonly modelFilter: string;
  readonly anyModel: string;
  readonly timeFilter: string;
  readonly times: Readonly<Record<GalleryTime, string>>;
  readonly shapeFilter: string;
  readonly shapes: Readonly<Record<GalleryShape, string>>;
  readonly onlyHere: string;
  readonly onlyFavourites: string;
  readonly clearFilters: string;
  readonly oneImage: string;
  /** `{0}` is how many. */
  readonly manyImages: string;
  /** Nothing was made yet. */
  readonly emptyTitle: string;
  readonly emptyText: string;
  /** Nothing passes the filters. */
  readonly noMatchTitle: string;
  readonly noMatchText: string;
  readonly loading: string;
  /** Of an image that is one; `{0}` is its name. */
  readonly favourite: string;
  /** In a picture's place. */
  readonly fileGone: string;
  readonly selected: string;
  readonly mostSelected: string;
  readonly selectionActions: string;
  readonly details: string;
  readonly compare: string;
  /** Why one or five images are not compared. */
  readonly compareCount: string;
  readonly addFavourite: string;
  readonly removeFavourite: string;
  readonly delete: string;
  readonly clearSelection: string;
  readonly insert: string;
  readonly useAsReference: string;
  readonly copyMarkdown: string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  /** `{0}` is the file name. */
  readonly imageActions: string;
  readonly openImage: string;
  /** Above what fills the form. */
  readonly reuse: string;
  readonly usePrompt: string;
  readonly useSeed: string;
  readonly useAll: string;
  readonly remix: string;
  readonly remixHint: string;
  readonly compareWithGit: string;
  readonly copyImage: string;
  readonly copyPath: string;
  readonly open: string;
  readonly reveal: string;
  readonly prompt: string;
  readonly sentPrompt: string;
  /** As the service rewrote it. */
  readonly actualPrompt: string;
  readonly negativePrompt: string;
  readonly model: string;
  readonly requestedSize: string;
  readonly size: string;
  readonly sizeDiffers: string;
  readonly seed: string;
  readonly cost: string;
  readonly took: string;
  readonly date: string;
  readonly file: string;
  readonly requestId: string;
  /** Read aloud. */
  readonly favouriteAdded: string;
  readonly favouriteRemoved: string;
  /** `{0}` is how many. */
  readonly deleted: string;
  readonly imageCopied: string;
  readonly imageNotCopied: string;
  readonly markdownCopied: string;
  readonly pathCopied: string;
  /** `{0}` seconds. */
  readonly seconds: string;
  /** `{0}` minutes, `{1}` seconds. */
  readonly minutesSeconds: string;
}

/** The ways to look at compared images. */
export type CompareMode = 'sideBySide' | 'swipe' | 'onionSkin' | 'difference';

/** Every text of the comparison. */
export interface CompareStrings {
  readonly title: string;
  readonly close: string;
  /** The group of the modes. */
  readonly mode: string;
  readonly modes: Readonly<Record<CompareMode, string>>;
  /** The place of the images, read aloud. */
  readonly stage: string;
  /** Its keys, for a screen reader and as a tooltip. */
  readonly stageHint: string;
  readonly zoom: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly actualSize: string;
  /** The button that shows the other image while it is held. */
  readonly blink: string;
  readonly blinkHint: string;
  /** Of the two lists, where three or four are compared. */
  readonly firstImage: string;
  readonly secondImage: string;
  readonly divider: string;
  /** `{0}` is what is left of it, `{1}` a share, `{2}` what is right of it. */
  readonly dividerValue: string;
  readonly opacity: string;
  /** `{0}` is the image on top, `{1}` a share. */
  readonly opacityValue: string;
  readonly comparing: string;
  readonly identical: string;
  /** `{0}` is a share. */
  readonly differ: string;
  /** `{0}` is the least share that is written. */
  readonly fewDiffer: string;
  /** `{0}` and `{1}` are sizes. */
  readonly sizesDiffer: string;
  /** In a picture's place. */
  readonly notShown: string;
  /** Of two of which one is not shown. */
  readonly notComparable: string;
  readonly keep: string;
  /** `{0}` is the label, `{1}` the key. */
  readonly keepHint: string;
}
