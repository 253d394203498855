// Asks the server with a limit in time, and says that it is away: a form is followed only where an answer will come.

import { ask } from './ask.js';

export { ask };

const HEALTH = '/health';
const PATIENCE = 4000; // milliseconds
const AWAY = [502, 503, 504]; // a proxy's answers for a server that is away

export async function reached() {
  try {
    const { answer } = await ask(HEALTH, PATIENCE, { cache: 'no-store' });
    return !AWAY.includes(answer.status);
  } catch {
    return false;
  }
}

export const UNREACHED = 'Desist cannot be reached';

// What to do about a button that was pressed meanwhile.
export function pressAgain(button) {
  return `Press “${button?.textContent.trim() || 'Save'}” again in a moment`;
}
