// Answers a form's question with a passkey: `data-passkey` is "get" or "create", `data-passkey-question` what the server
// asks. The form is hidden until it is known that this browser can; without scripts a sentence says so instead.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const SENTENCES = {
  InvalidStateError: 'This device holds a passkey for your account already. Use another device or a security key.',
  NotAllowedError: 'No passkey was used: the window was closed, or it took too long. Try again.',
};

export function usable() {
  return Boolean(window.PublicKeyCredential && navigator.credentials);
}

function known(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function asked(form) {
  const { publicKey } = JSON.parse(form.dataset.passkeyQuestion);
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  publicKey.allowCredentials = known(publicKey.allowCredentials);
  publicKey.excludeCredentials = known(publicKey.excludeCredentials);
  return { publicKey };
}

function written(credential) {
  const response = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, response,
  });
}

// Fill the form's field with a passkey's answer, or say why not; true when it is filled.
export async function answer(form) {
  const said = form.querySelector('[data-passkey-said]');
  said.textContent = '';
  try {
    form.elements.credential.value = written(await navigator.credentials[form.dataset.passkey](asked(form)));
    return true;
  } catch (problem) {
    said.textContent = SENTENCES[problem.name] ?? 'The passkey could not be used. Try again, or use another one.';
    return false;
  }
}

export function start(document) {
  for (const sentence of document.querySelectorAll('[data-passkey-missing]')) {
    if (usable()) sentence.hidden = true;
    else sentence.dataset.shown = '';
  }
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = !usable();
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const button = form.querySelector('[data-passkey-button]');
      if (button.disabled) return;
      button.disabled = true;
      if (await answer(form)) form.submit();
      else { button.disabled = false; button.focus(); }
    });
  }
}
