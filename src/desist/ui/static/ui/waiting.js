// Asks how much there is to do today, once for a page that is drawn and looked at, and writes it beside the menu's "To do".
// Without scripts, or where no number comes, the entry has none.

import { ask } from './reach.js';

const LIMIT = 10000; // milliseconds for an answer
const MOST = 99; // as ui/components.html

async function fill(badge) {
  if (document.documentElement.hidden) return; // left by "Exit this page"
  const { answer, text } = await ask(badge.dataset.waiting, LIMIT, { cache: 'no-store' });
  if (answer.status !== 200 || !/^[1-9]\d*$/.test(text)) return;
  badge.firstElementChild.textContent = Number(text) > MOST ? `${MOST}+` : text;
  badge.hidden = false;
}

export function start(document) {
  const badge = document.querySelector('[data-waiting]');
  // The browser draws no frame of a page that nobody sees. The number is asked for behind the frame, so that it delays none.
  if (badge) requestAnimationFrame(() => setTimeout(() => fill(badge).catch(() => {})));
}
