// Improves pages that already work. Each further improvement is a module of its own, imported here
// (an import ends with a semicolon, by which the hashed name of the file finds its way in).
import { initAll } from '../vendor/govuk-frontend.min.js';

initAll();

// A form that was refused (422) comes back with what was typed: show it like any other answer.
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// What htmx brings in gets its components started.
document.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) initAll({ scope: event.target });
});
