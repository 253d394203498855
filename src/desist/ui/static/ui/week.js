// What is noted without a line waits on this phone, encrypted, and is added once there is one.
//
// - `keys`     one key, which an open sign-in gets; nobody can read it out, and signing out deletes it
// - `entries`  what waits: a token made here, by which the server knows an entry that comes twice, and locked bytes
//
// An entry is deleted only after the server said that it has it. One that the server will not have is shown once, to be copied.

import { start } from './passkeys.js';
import { ask, reached } from './reach.js';

const LIMIT = 10000; // milliseconds for one answer
const [SOON, LATER] = [2000, 30000]; // milliseconds until a page asks or sends again
const DAY = 24 * 60 * 60 * 1000;
const page = document.body.dataset.page;
const drawn = new Date();
const refused = new Set(); // tokens of entries that this page shows to be copied
let keyAnswered = false; // the server has answered this page's question for its key
let signedOut = false;

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open('week', 1);
  asked.onupgradeneeded = () => ['keys', 'entries'].forEach((name) => asked.result.createObjectStore(name));
  asked.onsuccess = () => {
    asked.result.onversionchange = () => asked.result.close();
    resolve(asked.result);
  };
  asked.onerror = () => reject(asked.error);
});

// One step in a store, done when it is on the disk.
async function kept(store, mode, step) {
  const within = (await opened).transaction(store, mode, { durability: 'strict' });
  const asked = step(within.objectStore(store));
  return new Promise((resolve, reject) => {
    within.oncomplete = () => resolve(asked.result);
    within.onerror = () => reject(within.error);
    within.onabort = () => reject(within.error);
  });
}

const ownKey = () => kept('keys', 'readonly', (store) => store.get('own'));
const waiting = () => kept('entries', 'readonly', (store) => store.getAllKeys());

async function lock(key, said) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

async function unlock(key, { iv, bytes }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes)));
}

// The page says what waits; a text that was not taken stands there until it is removed.
function say(sentence, text = '', remove = null) {
  const place = document.querySelector('[data-waiting]');
  const line = document.createElement('p');
  line.className = 'good';
  line.textContent = sentence;
  place.append(line);
  if (!remove) return;
  const words = document.createElement('p');
  words.className = 'words';
  words.textContent = text;
  const button = document.createElement('button');
  button.className = 'second';
  button.textContent = 'I have copied it: remove it';
  button.addEventListener('click', async () => {
    await remove();
    [line, words, button].forEach((one) => one.remove());
  });
  place.append(words, button);
}

async function forget() {
  (await opened).close();
  indexedDB.deleteDatabase('week');
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await Promise.all((await navigator.serviceWorker.getRegistrations()).map((one) => one.unregister()));
}

// Keeps the key that an open sign-in gets; what it locked on an earlier day it opens again. Returns whether there was an
// answer: the key, or that no sign-in is open.
async function fetchKey() {
  const { answer, text } = await ask('/key/', LIMIT, { cache: 'no-store' });
  if (!answer.ok) return answer.status === 403;
  const bytes = Uint8Array.from(atob(JSON.parse(text).key), (one) => one.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  await kept('keys', 'readwrite', (store) => store.put(key, 'own'));
  return true;
}

async function send(key, token) {
  const locked = await kept('entries', 'readonly', (store) => store.get(token));
  if (!locked) return; // another tab was first
  const remove = () => kept('entries', 'readwrite', (store) => store.delete(token));
  const said = await unlock(key, locked);
  const form = document.querySelector('[name="csrfmiddlewaretoken"]').value;
  const body = new URLSearchParams({ ...said, entry: token, sent: Date.now(), csrfmiddlewaretoken: form });
  const { answer } = await ask('/add/', LIMIT, { method: 'POST', body, cache: 'no-store' });
  if (answer.status === 204) await remove();
  if (answer.status === 410) {
    await forget();
    window.location.replace('/');
  }
  signedOut = answer.status === 403;
  if (answer.status === 422) {
    refused.add(token);
    const figures = ['skill', 'helped', 'urge', 'act', 'anger', 'sadness', 'shame'].filter((name) => said[name]).map((name) => `${name} ${said[name]}`);
    const text = [new Date(Number(said.noted)).toLocaleString('en-GB'), ...figures, said.note].filter(Boolean).join('\n');
    say('This was noted without a connection, and could not be added. Note it again, or copy it:', text, remove);
  }
}

// Returns how many were added.
async function sync() {
  const key = await ownKey();
  const tokens = await waiting();
  if (!key) return 0;
  for (const token of tokens.filter((one) => !refused.has(one))) {
    await send(key, token);
    if (signedOut) break;
  }
  return tokens.length - (await waiting()).length;
}

function daysSince(then) {
  const midnight = (one) => Date.UTC(one.getFullYear(), one.getMonth(), one.getDate());
  return Math.round((midnight(new Date()) - midnight(then)) / DAY);
}

// What a form says, and of what kind it is: of a line that stood there before, what was added.
function written(form) {
  const said = Object.fromEntries([...new FormData(form)].filter(([name]) => !/^(form_|csrf)/.test(name)));
  const line = form.querySelector('textarea');
  const before = line.defaultValue;
  said.note = said[line.name];
  if (before && said.note.startsWith(before)) said.note = said.note.slice(before.length).trim();
  if (before && said.note === before) said.note = '';
  const ago = Number(said.ago ?? form.dataset.ago ?? 0) + daysSince(drawn);
  return { ...said, kind: form.dataset.waits, ago: String(ago), noted: Date.now() };
}

async function wait(form) {
  if (form.dataset.waits === 'practice' && !form.elements.helped.value) return say('Say whether it helped, then save it again.');
  const key = await ownKey();
  const token = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replaceAll('+', '-').replaceAll('/', '_');
  const locked = await lock(key, written(form));
  await kept('entries', 'readwrite', (store) => store.put(locked, token));
  form.reset();
  const higher = form.dataset.waits === 'diary' ? ' Of two figures for one day, the higher one counts.' : '';
  say(`Noted on this phone. It is sent when there is a connection.${higher}`);
}

function watch(form) {
  let answered = false;
  form.addEventListener('submit', async (event) => {
    if (answered) return;
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      if (page === 'frame' || !(await reached())) await wait(form);
      else {
        answered = true;
        form.requestSubmit();
      }
    } catch {
      say('This phone could not keep it. What you wrote still stands below: copy it.');
    } finally {
      button.disabled = false;
    }
  });
}

// What waits is sent first; what cannot be sent is deleted only on the second tap. Without a line, the key goes at once.
function watchSignOut(form) {
  let asked = false;
  form.addEventListener('submit', async (event) => {
    if (asked) return;
    event.preventDefault();
    asked = true;
    if (!(await reached())) {
      await kept('keys', 'readwrite', (store) => store.clear());
      window.location.replace('/frame/');
      return;
    }
    await sync();
    const left = (await waiting()).length;
    if (left) say(`${left} of your notes could not be sent. Sign out again to delete them from this phone.`);
    else form.requestSubmit();
  });
}

// A phone says that it has a line before it has one, so a page asks again and again. Resolves, after a pause or once the
// phone says so, to the longest pause that may follow.
const due = (pause) => new Promise((resolve) => {
  const over = new AbortController();
  const end = (most) => {
    over.abort();
    resolve(most);
  };
  setTimeout(() => end(LATER), pause);
  window.addEventListener('online', () => end(SOON), { signal: over.signal });
});

// The page without a line asks until there is an answer, and leaves no words behind.
async function goOn(pause) {
  const again = await due(pause);
  const said = [...document.querySelectorAll('form[data-waits]')].flatMap((form) => [...new FormData(form)]);
  const typed = said.some(([name, value]) => value && !['ago', 'skill'].includes(name));
  if (!typed && (await reached())) window.location.replace('/');
  else goOn(Math.min(pause * 2, again));
}

async function report() {
  keyAnswered ||= await fetchKey();
  const added = await sync();
  if (added) say(added === 1 ? 'What you noted without a connection was added.' : `${added} notes from times without a connection were added.`);
}

// The page with a line gets its key and sends what waits, now and again, as long as its sign-in is open: more may be
// noted on it, and its line may drop before either is done.
async function goOnSending(pause) {
  await report().catch(() => {}); // there is no line yet: it waits on
  if (signedOut) return;
  const again = await due(pause);
  goOnSending(Math.min(pause * 2, again));
}

async function begin() {
  if ('gone' in document.body.dataset) return forget();
  if (page === 'inside') {
    navigator.serviceWorker.register('/worker.js');
    goOnSending(SOON);
  }
  if (page === 'frame') {
    const open = Boolean(await ownKey());
    document.querySelector('[data-open]').hidden = !open;
    const left = (await waiting()).length;
    if (left) say(left === 1 ? 'One note waits on this phone.' : `${left} notes wait on this phone.`);
    goOn(SOON);
  }
}

start(document);
if (window.isSecureContext && 'serviceWorker' in navigator) {
  document.querySelectorAll('form[data-waits]').forEach(watch);
  const out = document.querySelector('form[action="/sign-out/"]');
  if (out) watchSignOut(out);
  begin();
}
