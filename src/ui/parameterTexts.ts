import { l10n } from 'vscode';
import type { ParameterName } from '../imageModel/parameters';
import type { RequestField } from '../imageModel/requestRules';

/** The label of a parameter and, where it does not speak for itself, a sentence. */
export interface ParameterText {
  readonly label: string;
  readonly hint?: string;
}

/** How forms and messages call a parameter. */
export function parameterText(name: ParameterName): ParameterText {
  return parameterTexts()[name];
}

/** Of every parameter; a function, as texts can be translated only once the extension is active. */
export function parameterTexts(): Readonly<Record<ParameterName, ParameterText>> {
  return {
    editFunction: { label: l10n.t('Kind of edit') },
    strength: {
      label: l10n.t('Strength of the change'),
      hint: l10n.t('At 0 the image stays nearly as it is; at 1 it changes most.'),
    },
    topScale: {
      label: l10n.t('Expand at the top'),
      hint: l10n.t('As a factor: 1 adds nothing.'),
    },
    bottomScale: {
      label: l10n.t('Expand at the bottom'),
      hint: l10n.t('As a factor: 1 adds nothing.'),
    },
    leftScale: {
      label: l10n.t('Expand on the left'),
      hint: l10n.t('As a factor: 1 adds nothing.'),
    },
    rightScale: {
      label: l10n.t('Expand on the right'),
      hint: l10n.t('As a factor: 1 adds nothing.'),
    },
    upscaleFactor: { label: l10n.t('Enlarge by') },
    isSketch: {
      label: l10n.t('The image is a line drawing'),
      hint: l10n.t('When off, the service finds the lines of the image first.'),
    },
    style: { label: l10n.t('Style') },
    referenceMode: { label: l10n.t('What to take from the image') },
    referenceStrength: {
      label: l10n.t('Likeness to the image'),
      hint: l10n.t('The higher, the closer to the image.'),
    },
    sketchWeight: {
      label: l10n.t('Faithfulness to the sketch'),
      hint: l10n.t('The higher, the closer to the image.'),
    },
    sketchExtraction: {
      label: l10n.t('Find the lines of the image'),
      hint: l10n.t('For a photo or a painting; leave it off for a line drawing.'),
    },
    sketchColors: { label: l10n.t('Colors of the lines') },
    sequential: {
      label: l10n.t('Make a set'),
      hint: l10n.t('Images that belong together; the number of images is the most that are made.'),
    },
    interleave: {
      label: l10n.t('Text with images'),
      hint: l10n.t('The model writes a text and illustrates it.'),
    },
    maxImages: { label: l10n.t('At most this many images') },
    thinking: {
      label: l10n.t('Think first'),
      hint: l10n.t('The model reasons about the prompt first: better images that take longer.'),
    },
    promptExtend: {
      label: l10n.t('Extend the prompt'),
      hint: l10n.t(
        'The service rewrites a short prompt in more detail. Turn off to have yours used word for word.',
      ),
    },
    promptExtendMode: { label: l10n.t('How the prompt is extended') },
    colorPalette: {
      label: l10n.t('Color palette'),
      hint: l10n.t('Colors of the image and their shares of it, which add up to 100%.'),
    },
    boxes: {
      label: l10n.t('Areas to edit'),
      hint: l10n.t('In pixels of the input image.'),
    },
    watermark: { label: l10n.t('Add a watermark') },
  };
}

/** How forms and messages call a part of a request. */
export function fieldText(field: RequestField): string {
  switch (field) {
    case 'model':
      return l10n.t('Model');
    case 'prompt':
      return l10n.t('Prompt');
    case 'negativePrompt':
      return l10n.t('Negative prompt');
    case 'size':
      return l10n.t('Size');
    case 'count':
      return l10n.t('Images');
    case 'seed':
      return l10n.t('Seed');
    case 'images':
      return l10n.t('Input images');
    case 'mask':
      return l10n.t('Mask');
    default:
      return parameterText(field).label;
  }
}

/** The name of a choice's wire value, such as `<watercolor>` or `expand`; an unknown value is its own name. */
export function choiceText(value: string): string {
  const texts = choiceTexts();
  return Object.hasOwn(texts, value) ? (texts[value] ?? value) : value;
}

/** Of every wire value that some choice has. */
export function choiceTexts(): Readonly<Record<string, string>> {
  return {
    '<auto>': l10n.t('Automatic'),
    '<photography>': l10n.t('Photography'),
    '<portrait>': l10n.t('Portrait'),
    '<3d cartoon>': l10n.t('3D cartoon'),
    '<anime>': l10n.t('Anime'),
    '<oil painting>': l10n.t('Oil painting'),
    '<watercolor>': l10n.t('Watercolor'),
    '<sketch>': l10n.t('Sketch'),
    '<chinese painting>': l10n.t('Chinese painting'),
    '<flat illustration>': l10n.t('Flat illustration'),
    description_edit: l10n.t('Edit as described'),
    description_edit_with_mask: l10n.t('Edit within a mask'),
    stylization_all: l10n.t('Restyle the image'),
    stylization_local: l10n.t('Restyle a part'),
    remove_watermark: l10n.t('Remove text and watermarks'),
    expand: l10n.t('Expand the image'),
    super_resolution: l10n.t('Enlarge and sharpen'),
    colorization: l10n.t('Colorize'),
    doodle: l10n.t('Paint from a line drawing'),
    control_cartoon_feature: l10n.t('New scene for a cartoon character'),
    repaint: l10n.t('Its content'),
    refonly: l10n.t('Its style'),
    direct: l10n.t('Rewritten once'),
    agent: l10n.t('Planned by an agent'),
  };
}
