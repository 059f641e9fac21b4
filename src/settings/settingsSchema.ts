import * as z from 'zod/mini';

/** The defaults of every setting, by its full key; package.json must say the same. */
export const settingDefaults = {
  'easel.model': 'qwen-image-2.0',
  'easel.region': 'cn-beijing',
  'easel.workspaceIds': {},
  'easel.host': 'shared',
  'easel.endpoint': '',
  'easel.assetsFolder': 'assets/images',
  // A template of ours, not of TypeScript's.
  'easel.fileName': `\${prompt}`,
  'easel.embedRecipe': true,
  'easel.prices': {},
  'easel.styles': {},
  'easel.linkTemplates': {},
  'easel.jsxImages': 'path',
  'easel.siteRoot': '',
} as const;

/** A setting's full key. */
export type SettingKey = keyof typeof settingDefaults;

const amount = z.number().check(z.nonnegative());

/** A price of the user's own: per image, or with the amounts that differ. */
const priceSchema = z.union([
  amount,
  z.object({
    image: amount,
    largeImage: z.optional(amount),
    extendedImage: z.optional(amount),
    inputImage: z.optional(amount),
  }),
]);

/** What each setting may hold; anything else counts as the default. */
export const settingSchemas = {
  'easel.model': z.string().check(z.minLength(1)),
  'easel.region': z.enum([
    'cn-beijing',
    'ap-southeast-1',
    'us-east-1',
    'eu-central-1',
    'ap-northeast-1',
    'cn-hongkong',
  ]),
  /** By region id. */
  'easel.workspaceIds': z.record(z.string(), z.string()),
  'easel.host': z.enum(['shared', 'workspace']),
  'easel.endpoint': z.string(),
  'easel.assetsFolder': z.string(),
  'easel.fileName': z.string(),
  'easel.embedRecipe': z.boolean(),
  /** By model id, in the currency of the region. */
  'easel.prices': z.record(z.string(), priceSchema),
  /** By name; each is read on its own, so that one that is wrong leaves the others alone. */
  'easel.styles': z.record(z.string(), z.unknown()),
  /** By language id, or `*`; each is read on its own, as above. */
  'easel.linkTemplates': z.record(z.string(), z.unknown()),
  'easel.jsxImages': z.enum(['path', 'import']),
  'easel.siteRoot': z.string(),
} satisfies Record<SettingKey, z.ZodMiniType>;

/** What a setting holds. */
export type SettingValue<K extends SettingKey> = z.infer<(typeof settingSchemas)[K]>;
