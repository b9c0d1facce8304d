/* global document, window, matchMedia, EventSource, FormData, URL, URLSearchParams, fetch, setTimeout, clearTimeout */
// Keeps the page up to date and sends presses without leaving it. Without this file the forms work by themselves.

const source = document.querySelector('[data-events]');
const items = document.getElementById('items');
const liveState = document.getElementById('live-state');

const clock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function localTimes(root) {
  for (const time of root.querySelectorAll('time')) time.textContent = clock.format(new Date(time.dateTime));
}

/** The server wrote and escaped the markup; a template runs nothing that might be in it. */
function elementOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  localTimes(template.content);
  return template.content.firstElementChild;
}

function nearEnd() {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.scrollY - window.innerHeight < 240;
}

function show(element) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}

function addItem({ id, html }) {
  const known = document.getElementById(id);
  const element = elementOf(html);
  if (known !== null || items === null || element === null) return;
  const follow = nearEnd();
  element.classList.add('new');
  items.append(element);
  document.getElementById('empty').hidden = true;
  if (follow) show(element);
  goOn();
}

/** The card whose question this window has asked for and not seen yet; null when there is none. */
let askedAbout = null;

/** Whoever has just pressed Send Back goes on in the field for the reason; another window of theirs stays as it is. */
function goOn() {
  const form = [...document.querySelectorAll('.reason-form')].findLast(
    ({ dataset, elements }) => dataset.busy === undefined && elements.message.value === askedAbout,
  );
  if (form === undefined) return;
  askedAbout = null;
  show(form);
  const at = document.activeElement;
  if (at === document.body || at.closest('.chat-form') !== null) form.elements.reason.focus();
}

/** Puts the new part in place; the focus stays on the control that had it, or goes to the bubble. */
function changePart({ id, html }) {
  const known = document.getElementById(id);
  const element = elementOf(html);
  if (known === null || element === null) return;
  const focused = known.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches('textarea') && element.querySelector('textarea') !== null) return;
  known.replaceWith(element);
  if (focused === null) return;
  const again = [...element.querySelectorAll('button')].find((button) => button.value === focused.value);
  const target = again ?? element.closest('.item');
  if (again === undefined) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function countWaiting(counts) {
  for (const place of document.querySelectorAll('[data-waiting-for]')) {
    const count = counts[place.dataset.waitingFor] ?? 0;
    const badge = count === 0 ? '' : elementOf('<span class="badge"></span>');
    if (badge !== '') badge.append(String(count), elementOf('<span class="visually-hidden"> waiting</span>'));
    place.replaceChildren(badge);
  }
}

/** Null while nothing is listened to. */
let events = null;
let retry;
/** How far the page has come, as the server counts; null until it has said so. */
let lastEventId = null;

function sayLive(text) {
  if (liveState !== null) liveState.textContent = text;
}

function on(name, handle) {
  events.addEventListener(name, (event) => {
    lastEventId = event.lastEventId;
    handle(JSON.parse(event.data));
  });
}

function listen() {
  clearTimeout(retry);
  if (source === null || events !== null || document.hidden) return;
  const address = new URL(source.dataset.events, window.location.href);
  if (lastEventId !== null) address.searchParams.set('after', lastEventId);
  events = new EventSource(address);
  on('item', addItem);
  on('part', changePart);
  on('waiting', countWaiting);
  events.addEventListener('open', () => sayLive('Live: messages arrive by themselves.'));
  events.addEventListener('error', () => {
    sayLive('Connection lost; trying again.');
    if (events?.readyState !== EventSource.CLOSED) return;
    stop();
    retry = setTimeout(listen, 3000);
  });
}

/** A hidden page listens to nothing: browsers share few connections among all pages of one server. */
function stop() {
  events?.close();
  events = null;
}

async function send(form, submitter) {
  if (form.dataset.busy !== undefined) return;
  form.dataset.busy = 'yes';
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const problem = form.querySelector('.error');
  problem.textContent = '';
  try {
    const answer = await fetch('/chat/press', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body,
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) problem.textContent = said.error ?? `The sandbox answered with status ${answer.status}.`;
    if (said.tone === 'asked') {
      askedAbout = body.get('message');
      goOn();
    }
    // Without the stream nothing would show what the assistant says.
    const isHeard = document.hidden || events?.readyState === EventSource.OPEN;
    if (answer.ok && !isHeard) window.location.reload();
  } catch {
    problem.textContent = 'The sandbox could not be reached. Is it still running?';
  }
  delete form.dataset.busy;
}

document.addEventListener('submit', (event) => {
  if (!event.target.matches('.chat-form')) return;
  event.preventDefault();
  void send(event.target, event.submitter);
});

document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
// An open stream would keep the page out of the browser's back-forward cache.
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', listen);
localTimes(document);
listen();
// The newest message is what a visitor comes for.
if (window.location.hash === '') items?.lastElementChild?.scrollIntoView({ block: 'end' });
