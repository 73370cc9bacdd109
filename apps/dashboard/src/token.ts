const KEY = 'boardwalk-token';

/** The token of this browser: taken from the URL's fragment once, then kept and out of the address bar. */
export function takeToken(): string | null {
  const given = /[#&]token=([^&]+)/.exec(window.location.hash)?.[1];
  if (given) {
    window.localStorage.setItem(KEY, decodeURIComponent(given));
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  }
  return window.localStorage.getItem(KEY);
}

export function keepToken(token: string): void {
  window.localStorage.setItem(KEY, token);
}

export function dropToken(): void {
  window.localStorage.removeItem(KEY);
}
