// Improves pages that already work. Each further improvement is a module of its own, imported here.
import { initAll } from '../vendor/govuk-frontend.min.js'

initAll()

// A form that was refused (422) comes back with what was typed: show it like any other answer.
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true
    event.detail.isError = false
  }
})

// What htmx brings in gets its components started, and the focus stays where a keyboard left it.
document.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) initAll({ scope: event.target })
})
