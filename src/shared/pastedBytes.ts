/** As large as the service takes an image. Apart from the schemas, which the page does not load. */
export const maxPastedBytes = 20 * 1024 * 1024;
