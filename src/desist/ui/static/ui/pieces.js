// Sends a file in pieces, one after the other. A piece without an answer is sent again; one that arrived is known by its bytes.

import { ask } from './ask.js';

const LIMIT = 120000; // milliseconds for the answer to a piece
const AGAIN = 3000; // milliseconds before a piece is sent again; each further pause is twice as long
const LONGEST_PAUSE = 60000;

const pause = (time) => new Promise((done) => { setTimeout(done, time); });

// `words` are the page's sentences: `refused(answer, text)`, `busy` and `away`; `stopped()` tells whether the upload was stopped.
export class Pieces {
  constructor({ fixed, say, words, stopped }) {
    Object.assign(this, { fixed, say, words, stopped });
  }

  // The answer's values, or undefined where the upload must end; says why.
  async post(address, values) {
    for (let wait = AGAIN; !this.stopped(); wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        const { answer, text } = await ask(address, LIMIT, { method: 'POST', body: this.body(values) });
        if (answer.ok) return JSON.parse(text);
        if (answer.status < 500) {
          this.say(this.words.refused(answer, text));
          return undefined;
        }
        this.say(this.words.busy);
      } catch {
        this.say(this.words.away);
      }
      await pause(wait);
    }
    return undefined;
  }

  body(values) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...this.fixed, ...values })) body.append(name, value);
    return body;
  }

  // Whether every piece has arrived. Of the `done` ones that are here, the last `again` are sent once more: another file is known
  // by them. `values` go along with each; `told` hears after each how much is here, in percent.
  async send(file, address, { done, again = 1, length, values = {}, told }) {
    const pieces = Math.ceil(file.size / length);
    for (let number = Math.max(0, done - again); number < pieces && !this.stopped();) {
      const piece = file.slice(number * length, (number + 1) * length);
      const answer = await this.post(address, { ...values, number, piece });
      if (!answer) return false;
      number = Math.max(answer.done, number + 1);
      told(Math.floor((100 * number) / pieces));
    }
    return !this.stopped();
  }
}
