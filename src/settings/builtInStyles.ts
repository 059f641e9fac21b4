/** The styles that everybody has, as a row each; their names are in `builtInStyleNames`. */
export const builtInStyles = {
  photo: {
    prompt:
      'A realistic photograph of {prompt}, natural light, sharp focus, true colors, shallow depth of field',
    negativePrompt: 'illustration, painting, 3D render, oversaturated',
  },
  watercolor: {
    prompt:
      'A watercolor painting of {prompt}, soft washes, visible paper texture, gentle color bleeds, loose brushwork',
    negativePrompt: 'photograph, hard outlines, 3D render',
  },
  flatIllustration: {
    prompt:
      'A flat vector illustration of {prompt}, simple shapes, limited palette, clean edges, no gradients, plain background',
    negativePrompt: 'photograph, texture, noise, 3D render',
  },
  lineDrawing: {
    prompt:
      'A black line drawing of {prompt} on white, even thin strokes, no shading, no color, generous white space',
    negativePrompt: 'color, shading, photograph, gray background',
  },
  isometric: {
    prompt:
      'An isometric 3D scene of {prompt}, small scale model look, soft studio light, pastel materials, plain background',
    negativePrompt: 'perspective distortion, clutter',
  },
  pixelArt: {
    prompt:
      'Pixel art of {prompt}, 16-bit game look, limited palette, crisp square pixels, clear silhouette',
    negativePrompt: 'blur, anti-aliasing, photograph',
  },
  inkWash: {
    prompt: '{prompt}，中国水墨画，写意笔法，浓淡干湿相宜，宣纸质感，大片留白',
    negativePrompt: '照片，油画，鲜艳的颜色',
  },
  paperCut: {
    prompt: '{prompt}，中国剪纸艺术，红色剪纸，镂空纹样，层次分明，素净的背景',
    negativePrompt: '照片，渐变',
  },
  appIcon: {
    prompt:
      'An app icon of {prompt}, one centered symbol, rounded square, simple bold shapes, soft gradient, no text',
    negativePrompt: 'text, letters, photograph, clutter',
  },
  blueprint: {
    prompt:
      'A technical blueprint of {prompt}, white line work on deep blue, precise orthographic drawing, thin grid, no text',
    negativePrompt: 'photograph, shading, handwriting',
  },
} as const;

/** Which of them. */
export type BuiltInStyleId = keyof typeof builtInStyles;
