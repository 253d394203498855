// The first thing in the body: tells the styles that scripts run, before anything is drawn.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
// And takes the browser's stores away, in which a library would note where somebody was: here they keep nothing.
for (const name of ['sessionStorage', 'localStorage']) {
  try { window[name].clear(); } catch { /* switched off: as well */ }
  Object.defineProperty(window, name, { value: { getItem: () => null, setItem() {}, removeItem() {} } });
}
