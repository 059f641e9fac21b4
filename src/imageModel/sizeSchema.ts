import * as z from 'zod/mini';

/** A requested size that comes from outside. */
export const sizeSchema = z.union([
  z.object({ width: z.number(), height: z.number() }),
  z.enum(['1K', '2K', '4K', 'auto']),
]);
