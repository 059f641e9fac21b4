let segmenter: Intl.Segmenter | undefined;

/** What a person counts as characters: an emoji of several code points is one. */
export function graphemes(text: string): Iterable<Intl.SegmentData> {
  // Made at the first use, as that takes some milliseconds.
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
