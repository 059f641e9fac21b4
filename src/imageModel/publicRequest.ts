import type { ImageRequest } from './imageModel';
import { type InputImage, isWebImage } from './inputImage';

/** The request for others' eyes: of its input images only those in the web whose addresses open no door. */
export function publicRequest({ images, mask, ...rest }: ImageRequest): ImageRequest {
  const shown = images?.filter(isPublic);
  return {
    ...rest,
    ...(shown && shown.length > 0 && { images: shown }),
    ...(mask && isPublic(mask) && { mask }),
  };
}

/** The request as it may be kept for long: nothing in the addresses of its inputs opens a door. */
export function withoutSecrets(request: ImageRequest): ImageRequest {
  const { images, mask } = request;
  return {
    ...request,
    ...(images && { images: images.map(withoutSecret) }),
    ...(mask && { mask: withoutSecret(mask) }),
  };
}

const secretNames = /sign|token|key|credential|expire|secret|auth|password/i;

function isPublic(image: InputImage): boolean {
  return isWebImage(image) && URL.canParse(image.uri) && withoutSecret(image) === image;
}

/** An address in the web without a password, and without the query of a signed one. */
function withoutSecret(image: InputImage): InputImage {
  const url = isWebImage(image) ? URL.parse(image.uri) : null;
  if (!url) return image;
  const isSigned = [...url.searchParams.keys()].some((name) => secretNames.test(name));
  if (!isSigned && !url.username && !url.password) return image;
  if (isSigned) url.search = '';
  url.username = '';
  url.password = '';
  return { ...image, uri: url.href };
}
