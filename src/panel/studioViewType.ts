/** The webview's type; the serializer and the manifest's activation event name it too. */
export const studioViewType = 'easel.studio';
