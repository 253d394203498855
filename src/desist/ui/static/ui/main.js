// Improves pages that already work. Each further improvement is a module of its own, imported here
// (an import ends with a semicolon, by which the hashed name of the file finds its way in).
import { initAll } from '../vendor/govuk-frontend.min.js';
import { start as autosave } from './autosave.js';
import { start as chain } from './chain.js';
import { start as date } from './date.js';
import { start as grid } from './grid.js';
import { start as insight } from './insight.js';
import { start as leave } from './leave.js';
import { start as lock } from './lock.js';
import { start as once } from './once.js';
import { start as passkeys } from './passkeys.js';
import { start as upload } from './upload.js';
import { start as waiting } from './waiting.js';

initAll();
autosave(document);
chain(document);
date(document);
grid(document);
insight(document);
leave(document);
lock(document);
once(document);
passkeys(document);
upload(document);
waiting(document);

// A list that cannot be drawn in place (an error, a sign-in page) is opened as the page it is.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig.verb !== 'get') return;
  const asked = new URL(requestConfig.path, location.href);
  if (xhr.status >= 400 || new URL(xhr.responseURL).pathname !== asked.pathname) {
    event.detail.shouldSwap = false;
    location.assign(asked);
  }
});

// A form that was refused (422) comes back with what was typed: show it like any other answer.
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// What htmx brings in gets its components started.
document.addEventListener('htmx:load', (event) => {
  if (event.target === document.body) return;
  initAll({ scope: event.target });
  autosave(event.target);
  date(event.target);
});
