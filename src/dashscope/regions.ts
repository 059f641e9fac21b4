// https://help.aliyun.com/zh/model-studio/regions — model, endpoint and key must belong to the same region.

/** A deployment of Model Studio with its own host and its own keys. */
export interface Region {
  readonly id: string;
  /** English; for logs and as a fallback. */
  readonly label: string;
  /** Origin without a trailing slash. */
  readonly baseUrl: string;
  /** The console page where keys of this region are made. */
  readonly keysUrl: string;
}

/** The first is the default. */
export const regions = [
  {
    id: 'cn-beijing',
    label: 'China (Beijing)',
    baseUrl: 'https://dashscope.aliyuncs.com',
    keysUrl: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  },
  {
    id: 'ap-southeast-1',
    label: 'Singapore',
    baseUrl: 'https://dashscope-intl.aliyuncs.com',
    keysUrl: 'https://modelstudio.console.alibabacloud.com/?tab=model#/api-key',
  },
] as const satisfies readonly Region[];

/** An id of the table. */
export type RegionId = (typeof regions)[number]['id'];

/** Undefined for an id that is not in the table. */
export function findRegion(id: string): Region | undefined {
  return regions.find((region) => region.id === id);
}
