/**
 * A list of input images with further ones, each once. There is never more than `max`: those that are there stay, but
 * where there is room for one only, the new one takes its place.
 */
export function addedIds(
  present: readonly string[],
  added: readonly string[],
  max: number,
): readonly string[] {
  if (max === 1) return added.slice(0, 1).concat(present).slice(0, 1);
  return [...new Set([...present, ...added])].slice(0, Math.max(max, present.length));
}
