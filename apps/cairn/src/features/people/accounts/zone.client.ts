// Tells Cairn which zone this browser's clock is in, so that times can be shown in it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
// biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is missing in some browsers that we serve.
document.cookie = `cairn_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

export {};
