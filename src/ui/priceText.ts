import * as vscode from 'vscode';
import type { Cost } from '../cost/estimate';
import { largeArea, type ModelPrice } from '../imageModel/price';

/** A model's price in few words, such as `¥0.20 per image`; the amounts that differ follow. */
export function priceText(price: ModelPrice): string {
  const { currency, image, largeImage, extendedImage, inputImage } = price;
  let text = vscode.l10n.t('{0} per image', moneyText(image, currency));
  if (largeImage !== undefined) {
    const megapixels = numberFormat({}).format(largeArea / 1_000_000);
    const money = moneyText(largeImage, currency);
    text = vscode.l10n.t('{0}, above {1} megapixels {2}', text, megapixels, money);
  }
  if (extendedImage !== undefined) {
    const money = moneyText(extendedImage, currency);
    text = vscode.l10n.t('{0}, with the prompt extended {1}', text, money);
  }
  if (inputImage !== undefined) {
    text = vscode.l10n.t('{0}, each input image {1}', text, moneyText(inputImage, currency));
  }
  return text;
}

/** Where a price comes from, for a place with room for it. */
export function priceSourceText({ source, asOf }: ModelPrice): string {
  switch (source) {
    case 'official':
      return vscode.l10n.t('price list of {0}', asOf);
    case 'thirdParty':
      return vscode.l10n.t('third-party price of {0}', asOf);
    case 'otherRegion':
      return vscode.l10n.t("Singapore's price of {0}, not confirmed for your region", asOf);
    case 'user':
      return vscode.l10n.t('your price');
  }
}

/** What a job costs, such as `¥0.40` or `up to ¥2.00`. */
export function costText({ amount, currency, isUpTo }: Cost): string {
  return boundText(moneyText(amount, currency), isUpTo);
}

/** What a request will cost; `≈` where the price is neither of the official list nor the user's own. */
export function estimateText(cost: Cost, { source }: Pick<ModelPrice, 'source'>): string {
  const money = moneyText(cost.amount, cost.currency);
  const isSure = source === 'official' || source === 'user';
  return boundText(isSure ? money : `≈ ${money}`, cost.isUpTo);
}

function boundText(money: string, isUpTo: boolean): string {
  return isUpTo ? vscode.l10n.t('up to {0}', money) : money;
}

/** Some prices are tenths of a cent. */
function moneyText(amount: number, currency: ModelPrice['currency']): string {
  return numberFormat({
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(amount);
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(vscode.env.language, options);
}
