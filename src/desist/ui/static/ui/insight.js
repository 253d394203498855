// Takes what was revealed off an open page when its time is over: the words leave the page, not only the screen.
// Without scripts the page draws itself anew at that moment (advocacy/vault/insight.html), and the server masks it.

const LOOK = 1000; // by the clock on the wall, since a sleeping machine fires no timers
const MASKED = 'Masked again. Reload the page if you still need it.';

export function start(document) {
  const shown = [...document.querySelectorAll('[data-until]')];
  if (!shown.length) return;
  // The server's clock counts: this machine's may be wrong.
  const ahead = Date.now() - Date.parse(shown[0].dataset.now);

  function mask() {
    for (const one of shown) {
      if (one.dataset.until && Date.now() - ahead >= Date.parse(one.dataset.until)) {
        one.textContent = MASKED;
        delete one.dataset.until;
      }
    }
  }

  setInterval(mask, LOOK);
  document.addEventListener('visibilitychange', mask);
  window.addEventListener('pageshow', mask);
}
