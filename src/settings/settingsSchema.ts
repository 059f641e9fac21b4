import * as z from 'zod/mini';

/** The defaults of every setting, by its full key; package.json must say the same. */
export const settingDefaults = {
  'easel.model': 'qwen-image-2.0',
  'easel.region': 'cn-beijing',
  'easel.endpoint': '',
  'easel.assetsFolder': 'assets/images',
} as const;

/** A setting's full key. */
export type SettingKey = keyof typeof settingDefaults;

/** What each setting may hold; anything else counts as the default. */
export const settingSchemas = {
  'easel.model': z.string().check(z.minLength(1)),
  'easel.region': z.enum(['cn-beijing', 'ap-southeast-1']),
  'easel.endpoint': z.string(),
  'easel.assetsFolder': z.string(),
} satisfies Record<SettingKey, z.ZodMiniType>;
