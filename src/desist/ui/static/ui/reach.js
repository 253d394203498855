// Asks the server with a limit in time, and says that it is away: a form is followed only where an answer will come.

const HEALTH = '/health';
const PATIENCE = 4000; // milliseconds
const AWAY = [502, 503, 504]; // a proxy's answers for a server that is away

// An answer and its text. Raises where there is none within the time.
export async function ask(address, limit, how = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const answer = await fetch(address, { redirect: 'manual', ...how, signal: stop.signal });
    return { answer, text: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}

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
