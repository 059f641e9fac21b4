/** The sets of regions that several models share. */
export const beijing = ['cn-beijing'] as const;
export const singapore = ['ap-southeast-1'] as const;
export const beijingAndSingapore = [...beijing, ...singapore] as const;
export const withVirginia = [...beijingAndSingapore, 'us-east-1'] as const;
export const withFrankfurt = [...withVirginia, 'eu-central-1'] as const;
export const everyRegion = [...withFrankfurt, 'ap-northeast-1', 'cn-hongkong'] as const;
