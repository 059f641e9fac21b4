import * as z from 'zod/mini';
import {
  type ImageParameters,
  type ParameterName,
  type ParameterSpec,
  parameterKinds,
  parameterNames,
} from './parameters';

/** Far above what any form makes. */
const maxEntries = 50;

const kindSchemas: Readonly<Record<ParameterSpec['kind'], z.ZodMiniType>> = {
  flag: z.boolean(),
  number: z.number(),
  choice: z.string().check(z.maxLength(200)),
  colors: z.array(z.string().check(z.maxLength(20))).check(z.maxLength(maxEntries)),
  palette: z
    .array(z.object({ hex: z.string().check(z.maxLength(20)), ratio: z.number() }))
    .check(z.maxLength(maxEntries)),
  boxes: z
    .array(
      z
        .array(z.tuple([z.number(), z.number(), z.number(), z.number()]))
        .check(z.maxLength(maxEntries)),
    )
    .check(z.maxLength(maxEntries)),
};

type ParameterShape = {
  readonly [N in ParameterName]: z.ZodMiniOptional<z.ZodMiniType<NonNullable<ImageParameters[N]>>>;
};

/** A zod shape with every parameter, each optional; for the objects in which they come from outside. */
export const parameterShape = Object.fromEntries(
  parameterNames.map((name) => [name, z.optional(kindSchemas[parameterKinds[name]])]),
) as ParameterShape; // Object.fromEntries forgets the names; a kind's schema has the type of its parameters
