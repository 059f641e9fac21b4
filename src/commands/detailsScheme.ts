/** Of the texts that say how an image was made. */
export const detailsScheme = 'easel-details';
