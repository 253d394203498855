// Asks the server with a limit in time.

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
