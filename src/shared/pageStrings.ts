import type { ParameterName } from '../imageModel/parameters';
import type { FillStrings } from './fillProtocol';
import type { CompareStrings, GalleryStrings } from './galleryStrings';
import type { PanelAction, PanelJob } from './panelProtocol';
import type { PromptStrings } from './promptProtocol';

/** The label of a parameter and, where it does not speak for itself, a sentence. */
export interface ParameterStrings {
  readonly label: string;
  readonly hint?: string;
}

/** Every text of the page; the host fills it with `l10n.t`. `{0}` is replaced by the page. */
export interface PanelStrings {
  readonly gallery: GalleryStrings;
  readonly compare: CompareStrings;
  readonly promptTools: PromptStrings;
  readonly fill: FillStrings;
  readonly title: string;
  readonly formTitle: string;
  readonly prompt: string;
  readonly promptPlaceholder: string;
  readonly model: string;
  readonly size: string;
  readonly customSize: string;
  readonly width: string;
  readonly height: string;
  readonly count: string;
  /** Where the service may make fewer. */
  readonly countUpTo: string;
  readonly fewerImages: string;
  readonly moreImages: string;
  readonly seed: string;
  readonly seedPlaceholder: string;
  readonly randomSeed: string;
  readonly negativePrompt: string;
  readonly negativePromptPlaceholder: string;
  readonly parameters: Readonly<Record<ParameterName, ParameterStrings>>;
  /** Of the wire values of choices, such as `<watercolor>` and `repaint`. */
  readonly choiceNames: Readonly<Record<string, string>>;
  readonly images: string;
  readonly addImage: string;
  readonly mask: string;
  readonly addMask: string;
  /** `{0}` is the name of an input image. */
  readonly removeInput: string;
  readonly moveInputLeft: string;
  readonly moveInputRight: string;
  /** A finished image goes into the form. */
  readonly useAsReference: string;
  readonly addColor: string;
  /** `{0}` is the colour's position, from 1. */
  readonly color: string;
  readonly colorShare: string;
  readonly removeColor: string;
  readonly evenShares: string;
  readonly addBox: string;
  /** `{0}` is the image's position, from 1. */
  readonly boxesOfImage: string;
  readonly boxLeft: string;
  readonly boxTop: string;
  readonly boxRight: string;
  readonly boxBottom: string;
  /** Short, above the four numbers of the boxes. */
  readonly boxSides: readonly [left: string, top: string, right: string, bottom: string];
  readonly drawBoxes: string;
  /** `{0}` boxes are as many as an image may have. */
  readonly mostBoxes: string;
  readonly removeBox: string;
  /** Under 1K, 2K and 4K in a choice of sizes: the shape of the last input image. */
  readonly shapeOfImage: string;
  /** There is no size to choose. */
  readonly sizeFollowsImage: string;
  /** In the place of an empty number. */
  readonly notSet: string;
  /** The picker of all models, where an id can be typed. */
  readonly otherModel: string;
  readonly moreOptions: string;
  readonly generate: string;
  /** The key that generates; the page knows which of the two, as the host may run on another machine. */
  readonly generateKey: string;
  readonly generateKeyMac: string;
  /** Why an empty form does not generate. */
  readonly promptNeeded: string;
  readonly cancel: string;
  readonly cancelling: string;
  /** Above what is known of an `uncertain` job. */
  readonly maybeBilled: string;
  /** Of the button that sends such a job again. */
  readonly maybeBilledTwice: string;
  readonly retryLabels: Readonly<Record<Exclude<PanelJob['retry'], 'none'>, string>>;
  readonly actionLabels: Readonly<Record<PanelAction, string>>;
  readonly results: string;
  readonly insert: string;
  readonly open: string;
  readonly copyPath: string;
  readonly reveal: string;
  /** Of a whole job: several images, and images with text. */
  readonly insertAll: string;
  readonly insertTextAndImages: string;
  readonly copyText: string;
  /** In a picture's place. */
  readonly fileGone: string;
  /** The picture itself, and its toolbar: `{0}` is the file name. */
  readonly openImage: string;
  readonly imageActions: string;
  /** Read aloud. */
  readonly pathCopied: string;
  readonly textCopied: string;
  readonly imageCopied: string;
  readonly imageNotCopied: string;
  /** Of a long prompt. */
  readonly showMore: string;
  readonly showLess: string;
  /** Puts a job's prompt into the form. */
  readonly usePrompt: string;
  /** Asked before a typed prompt is replaced. */
  readonly replacePrompt: string;
  readonly replace: string;
  readonly keepMine: string;
  /** The two parts beside the form. */
  readonly queueTab: string;
  readonly historyTab: string;
  readonly cancelAll: string;
  readonly dismiss: string;
  readonly dismissEnded: string;
  /** `{0}` is a time. */
  readonly aboutTime: string;
  readonly noKeyTitle: string;
  readonly noKeyText: string;
  /** This computer has no network. */
  readonly offline: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  /** `{0}` seconds. */
  readonly seconds: string;
  /** `{0}` minutes, `{1}` seconds. */
  readonly minutesSeconds: string;
  /** `{0}` of `{1}` characters or tokens used. */
  readonly charactersUsed: string;
  readonly tokensUsed: string;
  /** Read aloud: `{0}` images. */
  readonly imagesReady: string;
}
