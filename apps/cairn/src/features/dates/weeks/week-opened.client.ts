// Tells Cairn once that somebody looks at their form: the page itself changes nothing by being read.
const { pathname } = window.location;
if (pathname.startsWith('/w/')) {
  void fetch(`${pathname}/opened`, { method: 'POST', keepalive: true }).catch(() => undefined);
}

export {};
