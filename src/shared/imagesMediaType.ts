/** Of a drag that carries images of Easel: JSON with `imageIds`. */
export const imagesMediaType = 'application/vnd.easel.images+json';
