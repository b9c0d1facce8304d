/* global document, window, location, fetch, EventSource, DOMParser, CSS, setTimeout, clearTimeout */

// Keeps the page up to date: reads the page again when the server says that something changed, and replaces the
// regions that differ, without taking away the focus or what somebody is writing. Without it the page works as well.

const page = document.querySelector('[data-page]');
/** What kind of document the page is about, in words. */
const what = page.dataset.document;
const liveState = document.getElementById('live-state');
const announcer = document.getElementById('announcer');

/** What the server sent for each region; unknown (held back) beside a refused form, whose message must stay. */
const sent = new Map();

function regions() {
  return [...document.querySelectorAll('[data-live]')];
}

/** Instants in the reader's own time zone; the server writes them in another one. */
function localTimes(root) {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.textContent = at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    }
  }
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.id !== '' && 'value' in field && field.type !== 'submit');
}

function isChanged(field) {
  if (field.tagName === 'SELECT') {
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  return field.value !== field.defaultValue;
}

/** Fields of a region in which something was changed by hand. */
function changedFields(region) {
  return [...region.querySelectorAll('form')].flatMap((form) => fieldsOf(form).filter(isChanged));
}

function say(text) {
  announcer.textContent = text;
}

/** Says what changed: the labels that differ, three at most. */
function announce(before, after) {
  const news = [];
  for (const badge of after.querySelectorAll('[data-subject]')) {
    const { subject } = badge.dataset;
    const old = before.querySelector(`[data-subject="${CSS.escape(subject)}"]`);
    if (old === null || old.textContent !== badge.textContent) news.push(`${subject}: ${badge.textContent}`);
  }
  if (news.length === 0) return;
  const more = news.length > 3 ? `, and ${news.length - 3} more` : '';
  say(`${news.slice(0, 3).join(', ')}${more}.`);
}

function showStale(region) {
  if (region.querySelector('[data-stale]') !== null) return;
  const note = document.createElement('p');
  note.className = 'notice';
  note.dataset.stale = '';
  const link = document.createElement('a');
  link.href = page.dataset.page;
  link.textContent = 'Show its present state';
  note.append(`The ${what} has changed meanwhile; what you were writing is still here. `, link);
  region.querySelector('h2').after(note);
  say(`The ${what} has changed meanwhile.`);
}

/** Replaces a region; false when that would throw away what somebody wrote. */
function replace(region, next) {
  const changed = changedFields(region);
  const kept = changed.map((field) => ({ id: field.id, value: field.value }));
  if (kept.some(({ id }) => next.querySelector(`#${CSS.escape(id)}`) === null)) return false;
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  const selection =
    focused !== null && focused.selectionStart !== undefined
      ? [focused.selectionStart, focused.selectionEnd]
      : null;

  region.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  localTimes(region);
  for (const { id, value } of kept) document.getElementById(id).value = value;
  if (focused === null) return true;
  const again = focused.id === '' ? null : document.getElementById(focused.id);
  (again ?? document.getElementById('content')).focus({ preventScroll: true });
  if (again !== null && selection !== null && selection[0] !== null) again.setSelectionRange(...selection);
  return true;
}

function update(fresh) {
  for (const region of regions()) {
    const next = fresh.getElementById(region.id);
    if (next === null || sent.get(region.id) === next.innerHTML) continue;
    const held = 'hold' in region.dataset;
    const firstLook = held && !sent.has(region.id);
    if (!firstLook) {
      const before = region.cloneNode(true);
      if (held || !replace(region, next)) showStale(region);
      else announce(before, region);
    }
    sent.set(region.id, next.innerHTML);
  }
}

function gone() {
  stop();
  liveState.textContent = `This ${what} no longer exists.`;
  say(liveState.textContent);
}

let reading = false;
let readAgain = false;

async function refresh() {
  if (reading) {
    readAgain = true;
    return;
  }
  reading = true;
  try {
    const answer = await fetch(page.dataset.page, { headers: { Accept: 'text/html' } });
    if (answer.status === 404) gone();
    if (answer.ok) update(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    // The stream's own error says that the connection is gone; its return reads again.
  } finally {
    reading = false;
    if (readAgain) {
      readAgain = false;
      void refresh();
    }
  }
}

let stream = null;
let retry;

function listen() {
  clearTimeout(retry);
  // A page without a place for the state of the connection shows nothing that changes.
  if (liveState === null || stream !== null || document.hidden) return;
  stream = new EventSource('/events');
  stream.addEventListener('open', () => {
    liveState.textContent = 'Live: changes appear by themselves.';
  });
  stream.addEventListener('change', () => void refresh());
  stream.addEventListener('error', () => {
    liveState.textContent = 'Connection lost; trying again.';
    if (stream?.readyState === EventSource.CLOSED) {
      stop();
      retry = setTimeout(listen, 5000);
    }
  });
}

/** A hidden page listens to nothing: browsers share few connections among all pages of one server. */
function stop() {
  stream?.close();
  stream = null;
}

for (const region of regions()) {
  if (!('hold' in region.dataset)) sent.set(region.id, region.innerHTML);
}
localTimes(document);
document.querySelector('[data-failure]')?.focus();

document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', listen);
listen();

if (location.search.includes('done=')) {
  // What was done is said once; reloading the page does not say it again.
  window.history.replaceState(null, '', location.pathname);
}
