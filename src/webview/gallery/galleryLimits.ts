// The contract's limits again: its own file has the schemas beside them, which the page does not carry. A test compares them.

/** As many images as one action is asked for. */
export const maxSelected = 500;
/** Beside each other. */
export const maxCompared = 4;
/** Of a thumbnail, in bytes. */
export const maxThumbnailBytes = 100_000;
/** In one answer. */
export const maxPageItems = 200;
/** Of the words of a search. */
export const maxSearchLength = 200;
