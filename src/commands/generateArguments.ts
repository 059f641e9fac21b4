import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { ImageGenerationError } from '../imageModel/errors';
import { parseSize } from '../imageModel/imageSize';
import type { InputImage } from '../imageModel/inputImage';
import { parameterShape } from '../imageModel/parameterSchema';
import { type RequestInput, withoutUndefined } from '../settings/requestDefaults';
import { argumentText } from './argumentText';

const uri = z.custom<vscode.Uri>((value) => value instanceof vscode.Uri);
/** A Uri, or a path relative to the workspace folder and inside it. */
const place = z.union([z.string(), uri]);

/** The argument object of `easel.generateImage`. A size is `1024*1024`, `1024x1024`, `2K` or `auto`. */
const argumentsSchema = z.strictObject({
  prompt: z.string(),
  model: z.optional(z.string()),
  size: z.optional(z.string()),
  n: z.optional(z.number()),
  seed: z.optional(z.number()),
  negativePrompt: z.optional(z.string()),
  /** Places, or https addresses. */
  images: z.optional(z.array(place)),
  mask: z.optional(place),
  ...parameterShape,
  folder: z.optional(place),
  /** Link the images at the cursor of the active editor. */
  insert: z.optional(z.boolean()),
});

/** The argument object of `easel.generateImage`. */
export type GenerateArguments = z.infer<typeof argumentsSchema>;

/** @throws ImageGenerationError with code `ArgumentsInvalid`, which names every fault */
export function parseArguments(input: unknown): GenerateArguments {
  const parsed = z.safeParse(argumentsSchema, input);
  if (parsed.success) return parsed.data;
  const names = Object.keys(argumentsSchema.shape);
  throw invalidArguments(argumentText(parsed.error.issues, input, names));
}

/**
 * @param base that relative paths start from; asked only where there is one, and may throw
 * @throws ImageGenerationError with code `ArgumentsInvalid`
 */
export function toRequest(input: GenerateArguments, base: () => vscode.Uri): RequestInput {
  const { prompt, model, size, n, images, mask, folder: _, insert: __, ...rest } = input;
  const parsedSize = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && !parsedSize) {
    throw invalidArguments(vscode.l10n.t('"{0}" is not a size such as 1024*1024 or 2K', size));
  }
  return {
    prompt,
    ...withoutUndefined({
      modelId: model,
      size: parsedSize,
      count: n,
      images: images?.map((image) => toInputImage(image, base)),
      mask: mask === undefined ? undefined : toInputImage(mask, base),
      ...rest,
    }),
  };
}

/** A path leads nowhere outside the workspace folder; another extension may give any file by its Uri. */
function toInputImage(image: string | vscode.Uri, base: () => vscode.Uri): InputImage {
  if (image instanceof vscode.Uri) {
    if (!/^https?$/.test(image.scheme)) return { uri: image.toString() };
    // A Uri writes some signs of a query in another way, which breaks a signed address.
    throw invalidArguments(
      vscode.l10n.t('a web address must be given as a text, not as a Uri: {0}', image.authority),
    );
  }
  if (/^https:\/\//i.test(image) && URL.canParse(image)) return { uri: new URL(image).href };
  const from = base();
  const separators = process.platform === 'win32' ? /[\\/]+/ : /\/+/;
  const file = vscode.Uri.joinPath(from, ...image.split(separators));
  const isAbsolute = /^(?:[\\/]|[a-z][\w+.-]*:[\\/]|[a-z]:)/i.test(image);
  if (!isAbsolute && file.path.startsWith(`${from.path.replace(/\/$/, '')}/`)) {
    return { uri: file.toString() };
  }
  throw invalidArguments(
    vscode.l10n.t(
      '"{0}" must be the path of an image inside the workspace folder, a Uri, or an https address',
      image,
    ),
  );
}

function invalidArguments(detail: string): ImageGenerationError {
  return new ImageGenerationError('invalidRequest', detail, { code: 'ArgumentsInvalid' });
}
