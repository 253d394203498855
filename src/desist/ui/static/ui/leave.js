// "Exit this page": the page goes blank and is left at once; the session is ended behind it, by a request that outlives
// the page and that nothing waits for. Without scripts the same address ends the session and leads on by itself.
import { ExitThisPage } from '../vendor/govuk-frontend.min.js';

const root = document.documentElement;

// `last` is what still has to be sent: after what a form saves of its words, and before the page goes.
function go(place, last = () => {}) {
  root.hidden = true;
  document.title = '';
  document.dispatchEvent(new Event('desist:leave')); // no form asks to stay
  last();
  location.replace(place.dataset.elsewhere);
}

function improve(place) {
  const channel = new BroadcastChannel('desist-leave'); // the other tabs of this session
  channel.addEventListener('message', () => go(place));

  class Leave extends ExitThisPage {
    exitPage() {
      go(place, () => fetch(place.dataset.end, { keepalive: true, redirect: 'manual' }).catch(() => {}));
      channel.postMessage('leave');
    }
  }
  new Leave(place);
}

// A page that comes back from the browser's memory is asked for again: the server knows whether somebody is signed in.
export function start(document) {
  document.querySelectorAll('[data-elsewhere]').forEach(improve);
  window.addEventListener('pagehide', () => { root.hidden = true; });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
    else root.hidden = false;
  });
}
